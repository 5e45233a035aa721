/**
 * The ties of members: what one member is to another, seen from the side of the first.
 * They are derived from follows and blocks, and every list reads them.
 */
@NullMarked
package dev.agora.graph.tie;

import org.jspecify.annotations.NullMarked;
