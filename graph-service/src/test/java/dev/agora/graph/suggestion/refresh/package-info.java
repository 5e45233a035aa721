/**
 * Tests of this package.
 */
@NullMarked
package dev.agora.graph.suggestion.refresh;

import org.jspecify.annotations.NullMarked;
