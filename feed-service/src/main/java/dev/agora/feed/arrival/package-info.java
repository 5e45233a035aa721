/**
 * Waiting a moment for what is on its way by event.
 */
@NullMarked
package dev.agora.feed.arrival;

import org.jspecify.annotations.NullMarked;
