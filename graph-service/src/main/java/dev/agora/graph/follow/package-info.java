/**
 * Follows: edges from one member to another, and the lists and counts of a member's
 * edges.
 */
@NullMarked
package dev.agora.graph.follow;

import org.jspecify.annotations.NullMarked;
