/**
 * Mutual friends: the members who are friends of two members.
 */
@NullMarked
package dev.agora.graph.mutual;

import org.jspecify.annotations.NullMarked;
