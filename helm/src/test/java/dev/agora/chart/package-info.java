/**
 * Tests of the Helm chart: golden files, refused values, and rules for all objects, each
 * with a planted violation.
 */
@NullMarked
package dev.agora.chart;

import org.jspecify.annotations.NullMarked;
