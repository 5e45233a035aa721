/**
 * Discovers instances by DNS name and probes their health.
 */
@NullMarked
package dev.agora.gateway.health;

import org.jspecify.annotations.NullMarked;
