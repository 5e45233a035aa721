/**
 * Keeps the suggestions for active members up to date: a schedule submits a job when
 * lists are due.
 */
@NullMarked
package dev.agora.graph.suggestion.refresh;

import org.jspecify.annotations.NullMarked;
