/**
 * Keeps the activities true to their authors, who go by other names and leave.
 */
@NullMarked
package dev.agora.feed.upkeep;

import org.jspecify.annotations.NullMarked;
