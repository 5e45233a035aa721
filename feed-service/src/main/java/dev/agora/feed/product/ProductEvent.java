package dev.agora.feed.product;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Price;
import dev.agora.platform.event.Event;

/** The events of a product, reduced to the fields that the feed needs. */
sealed interface ProductEvent extends Event {

	/**
	 * A seller published a new product.
	 *
	 * @param imported true if an import created it
	 */
	record Listed(String title, Price price, Author seller, Instant at,
			@Nullable Boolean imported) implements ProductEvent {

		/** Whether feeds show the listing. */
		boolean makesActivity() {
			return !Boolean.TRUE.equals(this.imported);
		}

	}

	/**
	 * The seller changed the price of the product, and perhaps its title.
	 *
	 * @param seller the seller, null in older events
	 * @param imported true if an import changed it
	 */
	record Repriced(String title, Price price, Price previous, @Nullable Author seller,
			@Nullable Boolean imported) implements ProductEvent {

		/**
		 * Finds the seller if feeds show the new price: it is lower than the one before,
		 * in the same currency, and not from an import.
		 */
		Optional<Author> sellerOfReduction() {
			boolean lower = this.price.currency().equals(this.previous.currency())
					&& this.price.amount().compareTo(this.previous.amount()) < 0;
			return (lower && !Boolean.TRUE.equals(this.imported)) ? Optional.ofNullable(this.seller) : Optional.empty();
		}

	}

	/** The seller changed the title of the product. */
	record Retitled(String title, Price price) implements ProductEvent {
	}

	/** The product was removed from the catalogue. */
	record Delisted(String seller) implements ProductEvent {
	}

}
