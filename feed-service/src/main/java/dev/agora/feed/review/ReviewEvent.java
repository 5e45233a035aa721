package dev.agora.feed.review;

import org.jspecify.annotations.Nullable;

import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Price;
import dev.agora.platform.event.Event;

/** The events of a review, reduced to the fields that the feed needs. */
sealed interface ReviewEvent extends Event {

	/**
	 * A member created or edited their review of a product.
	 *
	 * @param text the text, or null
	 * @param serial an id with the time of the creation, which edits keep; null in older
	 * events
	 * @param item the product as the author saw it; null in older events
	 */
	record Written(String product, Author author, int stars, @Nullable String text, @Nullable String serial,
			@Nullable Item item) implements ReviewEvent {
	}

	/** The review was deleted: by its author, with its author or with its product. */
	record Deleted(String product, String author) implements ReviewEvent {
	}

	/**
	 * A reviewed product.
	 *
	 * @param version the version of the product that has this title and price
	 */
	record Item(String title, Price price, long version) {

		ActivityProduct toProduct(String id) {
			return new ActivityProduct(id, this.title, this.price, this.version);
		}

	}

}
