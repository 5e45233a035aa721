@NullMarked
package dev.agora.gateway.limit;

import org.jspecify.annotations.NullMarked;
