/**
 * The stored lists of suggestions, and the dismissals.
 */
@NullMarked
package dev.agora.graph.suggestion.store;

import org.jspecify.annotations.NullMarked;
