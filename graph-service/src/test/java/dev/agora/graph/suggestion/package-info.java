/**
 * Tests of this package.
 */
@NullMarked
package dev.agora.graph.suggestion;

import org.jspecify.annotations.NullMarked;
