/**
 * Tests of this package.
 */
@NullMarked
package dev.agora.graph.imports;

import org.jspecify.annotations.NullMarked;
