/**
 * Keeps the cached sets in line with the events of follows.
 */
@NullMarked
package dev.agora.graph.set.event;

import org.jspecify.annotations.NullMarked;
