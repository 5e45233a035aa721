/**
 * What the chart renders: its goldens, its refusals, and rules that each find a planted
 * violation.
 */
@NullMarked
package dev.agora.chart;

import org.jspecify.annotations.NullMarked;
