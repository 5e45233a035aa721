/**
 * Tests of mutual friends.
 */
@NullMarked
package dev.agora.graph.mutual;

import org.jspecify.annotations.NullMarked;
