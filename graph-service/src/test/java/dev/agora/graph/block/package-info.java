/**
 * Tests of blocks.
 */
@NullMarked
package dev.agora.graph.block;

import org.jspecify.annotations.NullMarked;
