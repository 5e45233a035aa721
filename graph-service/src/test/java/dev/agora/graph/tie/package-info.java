/**
 * Tests of ties.
 */
@NullMarked
package dev.agora.graph.tie;

import org.jspecify.annotations.NullMarked;
