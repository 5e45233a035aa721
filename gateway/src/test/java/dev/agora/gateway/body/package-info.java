@NullMarked
package dev.agora.gateway.body;

import org.jspecify.annotations.NullMarked;
