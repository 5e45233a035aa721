@NullMarked
package dev.agora.gateway.access;

import org.jspecify.annotations.NullMarked;
