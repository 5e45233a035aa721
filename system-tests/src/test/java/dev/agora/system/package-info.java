/**
 * Journeys through the gateway alone, and faults in what stands behind it.
 */
@NullMarked
package dev.agora.system;

import org.jspecify.annotations.NullMarked;
