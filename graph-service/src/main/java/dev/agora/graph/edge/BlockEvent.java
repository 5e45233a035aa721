package dev.agora.graph.edge;

import dev.agora.platform.event.Event;

/** The events of a block. */
public sealed interface BlockEvent extends Event {

	String blocker();

	String blocked();

	/** A member blocked another. */
	record Started(String blocker, String blocked) implements BlockEvent {
	}

	/** A member lifted the block of another. */
	record Ended(String blocker, String blocked) implements BlockEvent {
	}

}
