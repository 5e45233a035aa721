package dev.agora.feed.activity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.event.Event;

/** What happens to an activity. */
public sealed interface ActivityEvent extends Event {

	/**
	 * A member did something.
	 *
	 * @param author the member's id
	 * @param verb what it was
	 * @param product the id of what it is about, null where it is about no product
	 * @param at when it was
	 */
	record Published(String author, String verb, @Nullable String product, Instant at) implements ActivityEvent {
	}

	/**
	 * Its author goes by another name.
	 *
	 * @param author the member's id
	 * @param name the name as shown
	 */
	record AuthorRenamed(String author, String name) implements ActivityEvent {
	}

	/**
	 * What it is about is offered no more; it goes on without.
	 *
	 * @param author the member's id
	 * @param product the product's id
	 */
	record ProductDelisted(String author, String product) implements ActivityEvent {
	}

	/**
	 * It is gone: taken back, or its author left, or what it listed is no more.
	 *
	 * @param author the member's id
	 * @param at when it went
	 */
	record Deleted(String author, Instant at) implements ActivityEvent {
	}

}
