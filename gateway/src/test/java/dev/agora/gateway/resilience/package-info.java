@NullMarked
package dev.agora.gateway.resilience;

import org.jspecify.annotations.NullMarked;
