/**
 * Tests of paths.
 */
@NullMarked
package dev.agora.graph.path;

import org.jspecify.annotations.NullMarked;
