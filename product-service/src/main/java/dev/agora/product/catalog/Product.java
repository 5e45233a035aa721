package dev.agora.product.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Change;

/**
 * A product that a member offers.
 *
 * @param title the title, one line
 * @param description the description, or null
 * @param category the category under which the product is listed
 * @param price the price of one item
 * @param stock the number of items
 * @param tags the tags, distinct, in the seller's order
 * @param attributes the attributes by name, sorted by name
 * @param imageUrl the address of a picture, or null
 * @param seller the member who offers it
 */
public record Product(String title, @Nullable String description, String category, Price price, long stock,
		List<String> tags, Map<String, String> attributes, @Nullable String imageUrl, Seller seller) {

	public Product {
		tags = tags.stream().distinct().toList();
		attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
	}

	/**
	 * Publishes this new product in the catalogue.
	 * @param at the time of the publication
	 */
	public Change<Product> publish(Instant at) {
		return Change.to(this, new ProductEvent.Listed(this.title, this.category, this.price, this.seller, at));
	}

	/**
	 * Replaces the seller by a newer version; an older or equal version changes nothing.
	 */
	public Change<Product> withSeller(Seller newer) {
		if (newer.version() <= this.seller.version()) {
			return Change.none(this);
		}
		return Change.to(new Product(this.title, this.description, this.category, this.price, this.stock, this.tags,
				this.attributes, this.imageUrl, newer), new ProductEvent.SellerRenamed(newer));
	}

	/**
	 * Removes this product from the catalogue.
	 * @param at the time of the removal
	 */
	public Change<Product> delist(Instant at) {
		return Change.removal(new ProductEvent.Delisted(this.seller.id(), at));
	}

}
