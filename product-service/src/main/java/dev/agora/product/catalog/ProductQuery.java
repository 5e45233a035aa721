package dev.agora.product.catalog;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.input.QueryParameters;
import dev.agora.platform.text.Nfc;
import dev.agora.platform.text.TextForm;
import dev.agora.platform.text.TextRule;

/**
 * The filter of a list of products.
 *
 * @param category the category of the products, or null for all
 * @param seller the id of the products' seller, or null for all
 * @param tag a tag of the products, or null for all
 */
record ProductQuery(@Nullable String category, @Nullable String seller, @Nullable String tag) {

	private static final TextRule TAG = new TextRule(TextForm.LINE, 0, NewProduct.MAX_TAG, false);

	/**
	 * Parses the query parameters, and ignores unknown ones.
	 * @throws InvalidRequest if no product could ever match a parameter, or the sort
	 * order is not supported
	 */
	static ProductQuery parse(MultiValueMap<String, String> parameters) {
		String tag = QueryParameters.single(parameters, "tag");
		ProductQuery query = new ProductQuery(QueryParameters.single(parameters, "category"),
				QueryParameters.single(parameters, "seller"), (tag != null) ? Nfc.of(tag) : null);
		String sort = QueryParameters.single(parameters, "sort");
		if (sort != null && !sort.equals("newest")) {
			throw InvalidRequest.field("sort", "must be newest");
		}
		if (query.category != null && !query.category.matches(NewProduct.CATEGORY)) {
			throw InvalidRequest.field("category", NewProduct.CATEGORY_FORM);
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

}
