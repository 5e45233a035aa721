package dev.agora.product.catalog;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Rejected;
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
record ProductsRequest(@Nullable String category, @Nullable String seller, @Nullable String tag) {

	private static final TextRule TAG = new TextRule(TextForm.LINE, 0, NewProduct.MAX_TAG, false);

	/**
	 * Reads the query parameters; those it does not know are none of its business.
	 * @throws Rejected if no product could ever match one, or the order is not offered
	 */
	static ProductsRequest parse(MultiValueMap<String, String> parameters) {
		String tag = parameters.getFirst("tag");
		ProductsRequest selection = new ProductsRequest(parameters.getFirst("category"), parameters.getFirst("seller"),
				(tag != null) ? Nfc.of(tag) : null);
		String sort = parameters.getFirst("sort");
		if (sort != null && !sort.equals("newest")) {
			throw Rejected.field("sort", "must be newest");
		}
		if (selection.category != null && !selection.category.matches(NewProduct.CATEGORY)) {
			throw Rejected.field("category", NewProduct.CATEGORY_FORM);
		}
		if (selection.seller != null && !IdGenerator.isId(selection.seller)) {
			throw Rejected.field("seller", "must be the id of a member");
		}
		if (selection.tag != null) {
			TAG.fault(selection.tag).ifPresent((fault) -> {
				throw Rejected.field("tag", fault);
			});
		}
		return selection;
	}

}
