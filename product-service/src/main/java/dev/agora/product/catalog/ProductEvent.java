package dev.agora.product.catalog;

import java.time.Instant;

import dev.agora.platform.event.Event;

/** What happens to a product. */
public sealed interface ProductEvent extends Event {

	/** A seller put a new product into the catalogue. */
	record Listed(String title, String category, Price price, Seller seller, Instant at) implements ProductEvent {
	}

	/** Its seller goes by another name. */
	record SellerRenamed(Seller seller) implements ProductEvent {
	}

	/**
	 * It is offered no more.
	 *
	 * @param seller the id of who offered it
	 */
	record Delisted(String seller, Instant at) implements ProductEvent {
	}

}
