package dev.agora.product.catalog;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.event.Event;
import dev.agora.product.rating.Rating;

/** The events of a product. */
public sealed interface ProductEvent extends Event {

	/**
	 * A seller published a new product.
	 *
	 * @param imported true if an import created it, otherwise null
	 */
	record Listed(String title, String category, Price price, Seller seller, Instant at,
			@Nullable Boolean imported) implements ProductEvent {
	}

	/**
	 * The seller changed the price of the product, and perhaps other fields.
	 *
	 * @param previous the price before
	 * @param edition the number of the seller's change
	 * @param imported true if an import changed it, otherwise null
	 */
	record Repriced(String title, String category, Price price, Price previous, long edition, Seller seller,
			@Nullable Boolean imported) implements ProductEvent {
	}

	/**
	 * The seller changed the title of the product, and perhaps other fields, but not the
	 * price.
	 *
	 * @param edition the number of the seller's change
	 */
	record Retitled(String title, String category, Price price, long edition) implements ProductEvent {
	}

	/**
	 * The seller changed fields of the product other than its title and price.
	 *
	 * @param edition the number of the seller's change
	 */
	record Revised(String title, String category, Price price, long edition) implements ProductEvent {
	}

	/** The summary of the product's reviews changed. */
	record Rated(String title, String category, Price price, Rating rating) implements ProductEvent {
	}

	/** The seller of the product changed their name. */
	record SellerRenamed(Seller seller) implements ProductEvent {
	}

	/**
	 * The product was removed from the catalogue.
	 *
	 * @param seller the id of the member who offered it
	 */
	record Delisted(String seller, Instant at) implements ProductEvent {
	}

}
