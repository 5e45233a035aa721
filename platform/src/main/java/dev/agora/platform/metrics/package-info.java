/**
 * Measures capacities, circuit breakers, durations, the build and the process in the same
 * way in all processes.
 */
@NullMarked
package dev.agora.platform.metrics;

import org.jspecify.annotations.NullMarked;
