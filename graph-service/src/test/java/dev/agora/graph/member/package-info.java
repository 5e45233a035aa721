/**
 * The facts of members.
 */
@NullMarked
package dev.agora.graph.member;

import org.jspecify.annotations.NullMarked;
