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
 * Which products a list shows.
 *
 * @param category of this category only, or null
 * @param seller of this member only, or null
 * @param tag with this tag only, or null
 */
record ProductQuery(@Nullable String category, @Nullable String seller, @Nullable String tag) {

	private static final TextRule TAG = new TextRule(TextForm.LINE, 0, NewProduct.MAX_TAG, false);

	/**
	 * Reads the query parameters; those it does not know are none of its business.
	 * @throws InvalidRequest if no product could ever match one, or the order is not
	 * offered
	 */
	static ProductQuery parse(MultiValueMap<String, String> parameters) {
		String tag = QueryParameters.single(parameters, "tag");
		ProductQuery selection = new ProductQuery(QueryParameters.single(parameters, "category"),
				QueryParameters.single(parameters, "seller"), (tag != null) ? Nfc.of(tag) : null);
		String sort = QueryParameters.single(parameters, "sort");
		if (sort != null && !sort.equals("newest")) {
			throw InvalidRequest.field("sort", "must be newest");
		}
		if (selection.category != null && !selection.category.matches(NewProduct.CATEGORY)) {
			throw InvalidRequest.field("category", NewProduct.CATEGORY_FORM);
		}
		if (selection.seller != null && !IdGenerator.isId(selection.seller)) {
			throw InvalidRequest.field("seller", "must be the id of a member");
		}
		if (selection.tag != null) {
			TAG.violation(selection.tag).ifPresent((fault) -> {
				throw InvalidRequest.field("tag", fault);
			});
		}
		return selection;
	}

}
