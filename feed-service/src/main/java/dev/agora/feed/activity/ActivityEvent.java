package dev.agora.feed.activity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.event.Event;

/** The events of an activity. */
public sealed interface ActivityEvent extends Event {

	/**
	 * The activity was published.
	 *
	 * @param author the author's id
	 * @param verb the kind of the activity
	 * @param product the id of the product that the activity is about, or null
	 * @param at the time of the activity
	 */
	record Published(String author, String verb, @Nullable String product, Instant at) implements ActivityEvent {
	}

	/**
	 * The author changed their name.
	 *
	 * @param author the author's id
	 * @param name the new name
	 */
	record AuthorRenamed(String author, String name) implements ActivityEvent {
	}

	/**
	 * The product has a new title or price.
	 *
	 * @param author the author's id
	 * @param product the product's id
	 */
	record ProductChanged(String author, String product) implements ActivityEvent {
	}

	/**
	 * The product was delisted; the activity remains without it.
	 *
	 * @param author the author's id
	 * @param product the product's id
	 */
	record ProductDelisted(String author, String product) implements ActivityEvent {
	}

	/**
	 * The activity was removed: by its author, with its author's account, or with the
	 * product that it listed.
	 *
	 * @param author the author's id
	 * @param at the time of the removal
	 */
	record Deleted(String author, Instant at) implements ActivityEvent {
	}

}
