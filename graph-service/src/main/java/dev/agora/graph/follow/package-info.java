/**
 * Follows: their endpoints, and the lists and counts of a member.
 */
@NullMarked
package dev.agora.graph.follow;

import org.jspecify.annotations.NullMarked;
