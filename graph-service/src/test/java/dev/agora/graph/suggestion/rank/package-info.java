/**
 * Tests of this package.
 */
@NullMarked
package dev.agora.graph.suggestion.rank;

import org.jspecify.annotations.NullMarked;
