/**
 * Imports of follows from a list of edges: a line {@code a b} says that the member with
 * the handle a follows the member with the handle b.
 */
@NullMarked
package dev.agora.graph.imports;

import org.jspecify.annotations.NullMarked;
