/**
 * Tests of counts, and of the writes that keep them.
 */
@NullMarked
package dev.agora.graph.count;

import org.jspecify.annotations.NullMarked;
