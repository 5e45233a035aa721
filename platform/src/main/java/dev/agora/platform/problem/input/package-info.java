/**
 * Finds the invalid fields of an input.
 */
@NullMarked
package dev.agora.platform.problem.input;

import org.jspecify.annotations.NullMarked;
