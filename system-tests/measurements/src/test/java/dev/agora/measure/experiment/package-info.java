@NullMarked
package dev.agora.measure.experiment;

import org.jspecify.annotations.NullMarked;
