package dev.agora.feed.timeline;

import dev.agora.feed.audience.Block;
import dev.agora.platform.event.Event;

/** The events of a block, reduced to the fields that the feed needs. */
sealed interface BlockEvent extends Event {

	String blocker();

	String blocked();

	default Block block() {
		return new Block(blocker(), blocked());
	}

	/** A member started to block another. */
	record Started(String blocker, String blocked) implements BlockEvent {
	}

	/** A member stopped blocking another. */
	record Ended(String blocker, String blocked) implements BlockEvent {
	}

}
