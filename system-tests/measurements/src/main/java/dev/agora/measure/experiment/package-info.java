/**
 * The claim and the findings of an experiment, and the page that shows them. This package
 * knows no system.
 */
@NullMarked
package dev.agora.measure.experiment;

import org.jspecify.annotations.NullMarked;
