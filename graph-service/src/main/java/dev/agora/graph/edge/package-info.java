/**
 * The edges of the graph: follows and blocks, and the rule between them. An active block
 * allows no follow between its two members.
 */
@NullMarked
package dev.agora.graph.edge;

import org.jspecify.annotations.NullMarked;
