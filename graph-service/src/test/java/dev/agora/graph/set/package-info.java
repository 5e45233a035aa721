/**
 * Tests of the cached sets.
 */
@NullMarked
package dev.agora.graph.set;

import org.jspecify.annotations.NullMarked;
