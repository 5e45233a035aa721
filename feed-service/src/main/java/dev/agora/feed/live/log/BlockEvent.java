package dev.agora.feed.live.log;

import dev.agora.platform.event.Event;

/** The events of a block, reduced to the fields that live streams need. */
sealed interface BlockEvent extends Event {

	/** A member started to block another. */
	record Started(String blocker, String blocked) implements BlockEvent {
	}

	/** A member stopped blocking another. */
	record Ended(String blocker, String blocked) implements BlockEvent {
	}

}
