/**
 * Tests of this package.
 */
@NullMarked
package dev.agora.graph.exports;

import org.jspecify.annotations.NullMarked;
