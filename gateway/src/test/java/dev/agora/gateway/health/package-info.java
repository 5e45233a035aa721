@NullMarked
package dev.agora.gateway.health;

import org.jspecify.annotations.NullMarked;
