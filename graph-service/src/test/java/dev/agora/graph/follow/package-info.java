/**
 * Tests of follows.
 */
@NullMarked
package dev.agora.graph.follow;

import org.jspecify.annotations.NullMarked;
