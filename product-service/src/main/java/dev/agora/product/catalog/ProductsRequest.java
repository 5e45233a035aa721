package dev.agora.product.catalog;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Rejected;

/**
 * Which products a list shows.
 *
 * @param category of this category only, or null
 * @param seller of this member only, or null
 * @param tag with this tag only, or null
 */
record ProductsRequest(@Nullable String category, @Nullable String seller, @Nullable String tag) {

	/**
	 * Reads the query parameters; those it does not know are none of its business.
	 * @throws Rejected if no product could ever match one, or the order is not offered
	 */
	static ProductsRequest parse(MultiValueMap<String, String> parameters) {
		ProductsRequest selection = new ProductsRequest(parameters.getFirst("category"), parameters.getFirst("seller"),
				parameters.getFirst("tag"));
		String sort = parameters.getFirst("sort");
		if (sort != null && !sort.equals("newest")) {
			throw Rejected.field("sort", "must be newest");
		}
		if (selection.category != null && !selection.category.matches("[a-z0-9-]{1,50}")) {
			throw Rejected.field("category", NewProduct.CATEGORY);
		}
		if (selection.seller != null && !IdGenerator.isId(selection.seller)) {
			throw Rejected.field("seller", "must be the id of a member");
		}
		if (selection.tag != null && (selection.tag.isBlank() || selection.tag.length() > 40)) {
			throw Rejected.field("tag", NewProduct.TAG);
		}
		return selection;
	}

}
