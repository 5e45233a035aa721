/**
 * Journeys through the gateway, and faults in the processes behind it.
 */
@NullMarked
package dev.agora.system;

import org.jspecify.annotations.NullMarked;
