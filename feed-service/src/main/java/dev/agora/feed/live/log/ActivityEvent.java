package dev.agora.feed.live.log;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.event.Event;

/** The events of an activity, reduced to those that live streams need. */
sealed interface ActivityEvent extends Event {

	/** A member did something that their followers see. */
	record Published(String author, @Nullable String friend) implements ActivityEvent {
	}

}
