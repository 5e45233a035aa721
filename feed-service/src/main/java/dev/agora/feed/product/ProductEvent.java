package dev.agora.feed.product;

import java.time.Instant;

import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Price;
import dev.agora.platform.event.Event;

/** What the feed reads of what happens to products. */
sealed interface ProductEvent extends Event {

	record Listed(String title, Price price, Author seller, Instant at) implements ProductEvent {
	}

	record Delisted(String seller) implements ProductEvent {
	}

}
