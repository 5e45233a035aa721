/**
 * Tests of graph-service.
 */
@NullMarked
package dev.agora.graph;

import org.jspecify.annotations.NullMarked;
