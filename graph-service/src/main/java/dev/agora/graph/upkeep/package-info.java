/**
 * Keeps the follows true to the members, who go by other names and leave.
 */
@NullMarked
package dev.agora.graph.upkeep;

import org.jspecify.annotations.NullMarked;
