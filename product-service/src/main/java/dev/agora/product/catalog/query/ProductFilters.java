package dev.agora.product.catalog.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Translates queries of products for MongoDB. Each filter alone, in each order, is served
 * by an index of its own; of several filters one is, and the others are checked on the
 * products that it finds.
 */
public final class ProductFilters {

	/** The field with the id of a product's seller. */
	public static final String SELLER = "value.seller.id";

	/** The field with the category. */
	public static final String CATEGORY = "value.category";

	private static final String TAGS = "value.tags";

	/** Lower than every key. An older document without a key is not in the order. */
	private static final String NO_KEY = "";

	private ProductFilters() {
	}

	/** Returns the keys of the indexes: the equal field, the order, the id. */
	public static Bson[] indexes() {
		Stream<Bson> filtered = Stream.of(CATEGORY, SELLER, TAGS)
			.flatMap((field) -> Stream.of(ProductOrder.values())
				.map((order) -> Indexes.compoundIndex(Indexes.ascending(field), sort(order))));
		Stream<Bson> all = Stream.of(ProductOrder.PRICE, ProductOrder.RATING).map(ProductFilters::sort);
		return Stream.concat(filtered, all).toArray(Bson[]::new);
	}

	/** Returns the sort of an order. */
	public static Bson sort(ProductOrder order) {
		Bson newest = Sorts.descending("_id");
		if (order == ProductOrder.NEWEST) {
			return newest;
		}
		Bson byKey = order.isAscending() ? Sorts.ascending(order.field()) : Sorts.descending(order.field());
		return Sorts.orderBy(byKey, newest);
	}

	/**
	 * Returns the filters of a page. Their results follow each other: first the rest of
	 * the products with the key of the cursor, then those with later keys. Each filter is
	 * one range of an index, which a single filter with a disjunction is not.
	 * @param cursor the position before the page, null for the first page
	 */
	public static List<Bson> page(ProductQuery query, @Nullable String cursor) {
		@Nullable ProductCursor after = query.position(cursor);
		String field = query.order().field();
		if (query.order() == ProductOrder.NEWEST) {
			return List.of((after != null) ? with(query, Filters.lt(field, after.id())) : with(query));
		}
		return (after != null)
				? List.of(with(query, Filters.eq(field, after.key()), Filters.lt("_id", after.id())),
						with(query, later(query.order(), after.key())))
				: List.of(with(query, Filters.gt(field, NO_KEY)));
	}

	private static Bson later(ProductOrder order, String key) {
		return order.isAscending() ? Filters.gt(order.field(), key)
				: Filters.and(Filters.lt(order.field(), key), Filters.gt(order.field(), NO_KEY));
	}

	private static Bson with(ProductQuery query, Bson... position) {
		List<Bson> parts = new ArrayList<>();
		require(parts, CATEGORY, query.category());
		require(parts, SELLER, query.seller());
		require(parts, TAGS, query.tag());
		parts.addAll(List.of(position));
		return parts.isEmpty() ? Filters.empty() : Filters.and(parts);
	}

	private static void require(List<Bson> parts, String field, @Nullable String value) {
		if (value != null) {
			parts.add(Filters.eq(field, value));
		}
	}

}
