package dev.agora.product.catalog.query;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

import dev.agora.platform.digest.Sha256;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.input.QueryParameters;
import dev.agora.platform.text.Nfc;
import dev.agora.platform.text.TextForm;
import dev.agora.platform.text.TextRule;

/**
 * The filter and the order of a list of products.
 *
 * @param category the category of the products, or null for all
 * @param seller the id of the products' seller, or null for all
 * @param tag a tag of the products, or null for all
 * @param order the order of the products
 */
public record ProductQuery(@Nullable String category, @Nullable String seller, @Nullable String tag,
		ProductOrder order) {

	/** The pattern of a category. */
	public static final String CATEGORY = "[a-z0-9-]{1,50}";

	/** The message for a category that does not match the pattern. */
	public static final String CATEGORY_FORM = "must be 1 to 50 lower-case letters, digits or hyphens";

	/** The largest number of characters in a tag. */
	public static final int MAX_TAG = 40;

	private static final TextRule TAG = new TextRule(TextForm.LINE, 0, MAX_TAG, false);

	private static final int FINGERPRINT_LENGTH = 12;

	/**
	 * Parses the query parameters, and ignores unknown ones.
	 * @throws InvalidRequest if no product could ever match a parameter, or there is no
	 * such order
	 */
	public static ProductQuery parse(MultiValueMap<String, String> parameters) {
		String tag = QueryParameters.single(parameters, "tag");
		ProductQuery query = new ProductQuery(QueryParameters.single(parameters, "category"),
				QueryParameters.single(parameters, "seller"), (tag != null) ? Nfc.of(tag) : null,
				parseOrder(QueryParameters.single(parameters, "sort")));
		if (query.category != null && !query.category.matches(CATEGORY)) {
			throw InvalidRequest.field("category", CATEGORY_FORM);
		}
		if (query.seller != null && !IdGenerator.isId(query.seller)) {
			throw InvalidRequest.field("seller", "must be the id of a member");
		}
		if (query.tag != null) {
			TAG.violation(query.tag).ifPresent((violation) -> {
				throw InvalidRequest.field("tag", violation);
			});
		}
		return query;
	}

	private static ProductOrder parseOrder(@Nullable String sort) {
		return (sort == null) ? ProductOrder.NEWEST : ProductOrder.find(sort)
			.orElseThrow(() -> InvalidRequest.field("sort", "must be newest, price or rating"));
	}

	/**
	 * Returns the cursor of the page after a product.
	 * @param key the product's key in this order, empty if the order is that of the ids
	 * @param id the product's id
	 */
	public String cursor(String key, String id) {
		return new ProductCursor(fingerprint(), key, id).toString();
	}

	/**
	 * Parses a cursor.
	 * @throws InvalidRequest if it is none, or belongs to a list with another filter or
	 * order
	 */
	@Nullable ProductCursor position(@Nullable String cursor) {
		if (cursor == null) {
			return null;
		}
		ProductCursor position = ProductCursor.parse(cursor);
		if (!position.fingerprint().equals(fingerprint()) || !this.order.accepts(position.key())
				|| !IdGenerator.isId(position.id())) {
			throw ProductCursor.invalid();
		}
		return position;
	}

	private String fingerprint() {
		String filter = Stream.of(this.category, this.seller, this.tag)
			.map((value) -> (value != null) ? "=" + value : "")
			.collect(Collectors.joining("\n"));
		return this.order + "-" + Sha256.hex(filter).substring(0, FINGERPRINT_LENGTH);
	}

}
