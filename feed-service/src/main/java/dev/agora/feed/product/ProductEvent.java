package dev.agora.feed.product;

import java.time.Instant;

import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Price;
import dev.agora.platform.event.Event;

/** The events of a product, reduced to the fields that the feed needs. */
sealed interface ProductEvent extends Event {

	/** A seller published a new product. */
	record Listed(String title, Price price, Author seller, Instant at) implements ProductEvent {
	}

	/** The product was removed from the catalogue. */
	record Delisted(String seller) implements ProductEvent {
	}

}
