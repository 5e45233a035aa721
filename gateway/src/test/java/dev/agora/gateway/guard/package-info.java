@NullMarked
package dev.agora.gateway.guard;

import org.jspecify.annotations.NullMarked;
