/**
 * Follows brought in line with the members who are there.
 */
@NullMarked
package dev.agora.graph.reconcile;

import org.jspecify.annotations.NullMarked;
