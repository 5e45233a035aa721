@NullMarked
package dev.agora.gateway.client;

import org.jspecify.annotations.NullMarked;
