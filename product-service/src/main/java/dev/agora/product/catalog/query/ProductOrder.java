package dev.agora.product.catalog.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The orders of a list of products. Products that are equal in an order follow each other
 * by their ids, the newest first.
 */
public enum ProductOrder {

	/** The newest product first. */
	NEWEST("_id", false, ""),

	/** By the code of the currency, then the lowest price first. */
	PRICE("value.priceKey", true, "[A-Z]{3} [0-9]{14}"),

	/**
	 * The best average first, then the most reviews; products without a review are last.
	 */
	RATING("value.ratingKey", false, "[0-9]{3} [0-9]{10}");

	private final String field;

	private final boolean ascending;

	private final String keyPattern;

	/**
	 * Creates an order.
	 * @param field the field that the products are sorted by
	 * @param ascending whether the lowest key is first
	 * @param keyPattern the pattern of a key of this order
	 */
	ProductOrder(String field, boolean ascending, String keyPattern) {
		this.field = field;
		this.ascending = ascending;
		this.keyPattern = keyPattern;
	}

	/** Finds an order by its name in requests; empty if there is none. */
	static Optional<ProductOrder> find(String name) {
		return Arrays.stream(values()).filter((order) -> order.toString().equals(name)).findFirst();
	}

	String field() {
		return this.field;
	}

	boolean isAscending() {
		return this.ascending;
	}

	boolean accepts(String key) {
		return key.matches(this.keyPattern);
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
