package dev.agora.product.review;

import dev.agora.platform.document.Stored;
import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.Product;

/**
 * The product of a review, as the event shows it to consumers that have not received the
 * product yet.
 *
 * @param title its title
 * @param price its price
 * @param version the version of the product that has this title and price
 */
public record ReviewedItem(String title, Price price, long version) {

	static ReviewedItem of(Stored<Product> product) {
		return new ReviewedItem(product.value().title(), product.value().price(), product.version());
	}

}
