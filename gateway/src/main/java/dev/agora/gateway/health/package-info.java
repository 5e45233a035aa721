/**
 * Probes the health of instances.
 */
@NullMarked
package dev.agora.gateway.health;

import org.jspecify.annotations.NullMarked;
