/**
 * Follows: edges from one member to another, and the neighbours they make.
 */
@NullMarked
package dev.agora.graph.follow;

import org.jspecify.annotations.NullMarked;
