/**
 * Reads metrics in Prometheus' text format, and derives rates and quantiles from two
 * readings.
 */
@NullMarked
package dev.agora.console.metric;

import org.jspecify.annotations.NullMarked;
