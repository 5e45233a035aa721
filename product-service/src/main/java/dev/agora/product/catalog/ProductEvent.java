package dev.agora.product.catalog;

import java.time.Instant;

import dev.agora.platform.event.Event;

/** What happens to a product. */
public sealed interface ProductEvent extends Event {

	/** A seller put a new product into the catalogue. */
	record Listed(String title, String category, Price price, Seller seller, Instant at) implements ProductEvent {
	}

}
