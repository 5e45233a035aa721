/** The events that live streams send, with data that is loaded once for all streams. */
@NullMarked
package dev.agora.feed.live.item;

import org.jspecify.annotations.NullMarked;
