/**
 * What the tests of the graph share.
 */
@NullMarked
package dev.agora.graph;

import org.jspecify.annotations.NullMarked;
