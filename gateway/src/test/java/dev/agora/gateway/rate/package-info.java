@NullMarked
package dev.agora.gateway.rate;

import org.jspecify.annotations.NullMarked;
