/**
 * The cards of members that this process keeps, and the news that they have changed.
 */
@NullMarked
package dev.agora.graph.card;

import org.jspecify.annotations.NullMarked;
