package dev.agora.product.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Change;

/**
 * What a member offers.
 *
 * @param title what it is, in a line
 * @param description what there is to say of it, null where nothing is
 * @param category the one category it is found under
 * @param price what one of it costs
 * @param stock how many there are
 * @param tags words it is found by, each once, in the seller's order
 * @param attributes facts by name, in the order of the names
 * @param imageUrl where a picture of it is, null where there is none
 * @param seller who offers it
 */
public record Product(String title, @Nullable String description, String category, Price price, long stock,
		List<String> tags, Map<String, String> attributes, @Nullable String imageUrl, Seller seller) {

	public Product {
		tags = tags.stream().distinct().toList();
		attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
	}

	/**
	 * Puts a new product into the catalogue.
	 * @param at when
	 */
	public Change<Product> list(Instant at) {
		return Change.to(this, new ProductEvent.Listed(this.title, this.category, this.price, this.seller, at));
	}

	/** Shows its seller as they are now; nothing happens where that is known already. */
	public Change<Product> soldBy(Seller now) {
		if (now.version() <= this.seller.version()) {
			return Change.none(this);
		}
		return Change.to(new Product(this.title, this.description, this.category, this.price, this.stock, this.tags,
				this.attributes, this.imageUrl, now), new ProductEvent.SellerRenamed(now));
	}

	/**
	 * Takes it out of the catalogue.
	 * @param at when
	 */
	public Change<Product> delist(Instant at) {
		return Change.removal(new ProductEvent.Delisted(this.seller.id(), at));
	}

}
