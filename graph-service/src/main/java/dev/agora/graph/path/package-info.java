/**
 * Paths: the shortest chain of members, each of whom follows the next, from one member to
 * another.
 */
@NullMarked
package dev.agora.graph.path;

import org.jspecify.annotations.NullMarked;
