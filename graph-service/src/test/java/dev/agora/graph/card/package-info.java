/**
 * Tests of the cards that a process keeps.
 */
@NullMarked
package dev.agora.graph.card;

import org.jspecify.annotations.NullMarked;
