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
	 * @param friend the id of the member who was befriended, or null
	 * @param at the time of the activity
	 */
	record Published(String author, String verb, @Nullable String product, @Nullable String friend,
			Instant at) implements ActivityEvent {
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
	 * The befriended member changed their name.
	 *
	 * @param author the author's id
	 * @param friend the friend's id
	 */
	record FriendRenamed(String author, String friend) implements ActivityEvent {
	}

	/**
	 * The author edited the review.
	 *
	 * @param author the author's id
	 * @param stars the stars of the edited review
	 */
	record ReviewEdited(String author, int stars) implements ActivityEvent {
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
	 * product, price, review or friendship that it showed.
	 *
	 * @param author the author's id
	 * @param at the time of the removal
	 */
	record Deleted(String author, Instant at) implements ActivityEvent {
	}

}
