package dev.agora.feed.activity;

import java.time.Instant;

import dev.agora.platform.event.Event;

/** What happens to an activity. */
public sealed interface ActivityEvent extends Event {

	/**
	 * A member did something.
	 *
	 * @param author the member's id
	 * @param verb what it was
	 * @param at when it was
	 */
	record Published(String author, String verb, Instant at) implements ActivityEvent {
	}

	/**
	 * Its author took it back.
	 *
	 * @param author the member's id
	 * @param at when it was taken back
	 */
	record Deleted(String author, Instant at) implements ActivityEvent {
	}

}
