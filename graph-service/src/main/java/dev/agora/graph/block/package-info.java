/**
 * Blocks: who does not see whom, and cannot follow whom.
 */
@NullMarked
package dev.agora.graph.block;

import org.jspecify.annotations.NullMarked;
