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

	/** The seller changed the price of the product, and perhaps its title. */
	record Repriced(String title, Price price) implements ProductEvent {
	}

	/** The seller changed the title of the product. */
	record Retitled(String title, Price price) implements ProductEvent {
	}

	/** The product was removed from the catalogue. */
	record Delisted(String seller) implements ProductEvent {
	}

}
