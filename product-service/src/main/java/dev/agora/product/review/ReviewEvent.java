package dev.agora.product.review;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.event.Event;

/** The events of a review. */
public sealed interface ReviewEvent extends Event {

	/** Returns the id of the reviewed product. */
	String product();

	/**
	 * A member created or edited their review of a product.
	 *
	 * @param text the text, or null
	 * @param at the time of the creation or of the edit
	 * @param serial an id with the time of the creation, which edits keep
	 * @param item the product as the author saw it
	 */
	record Written(String product, Reviewer author, int stars, @Nullable String text, Instant at, String serial,
			ReviewedItem item) implements ReviewEvent {
	}

	/** The author of the review changed their name. */
	record AuthorRenamed(String product, Reviewer author) implements ReviewEvent {
	}

	/**
	 * The review was deleted: by its author, with its author or with its product.
	 *
	 * @param author the id of the member who wrote it
	 */
	record Deleted(String product, String author, Instant at) implements ReviewEvent {
	}

}
