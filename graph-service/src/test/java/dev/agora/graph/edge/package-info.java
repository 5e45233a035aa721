/**
 * Tests of edges and the rule between them.
 */
@NullMarked
package dev.agora.graph.edge;

import org.jspecify.annotations.NullMarked;
