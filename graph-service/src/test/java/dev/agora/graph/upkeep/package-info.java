/**
 * Whether follows stay true to the members.
 */
@NullMarked
package dev.agora.graph.upkeep;

import org.jspecify.annotations.NullMarked;
