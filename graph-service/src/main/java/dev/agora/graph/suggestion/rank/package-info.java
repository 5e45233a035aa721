/**
 * The ranking of friends of friends, and the reading of their sets.
 */
@NullMarked
package dev.agora.graph.suggestion.rank;

import org.jspecify.annotations.NullMarked;
