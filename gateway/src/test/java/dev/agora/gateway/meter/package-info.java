@NullMarked
package dev.agora.gateway.meter;

import org.jspecify.annotations.NullMarked;
