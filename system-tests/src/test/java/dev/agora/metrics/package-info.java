/**
 * Compares the metrics that a running system shows with those that the docs, the alerts
 * and the dashboards name.
 */
@NullMarked
package dev.agora.metrics;

import org.jspecify.annotations.NullMarked;
