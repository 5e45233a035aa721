package dev.agora.product.page.render;

import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import dev.agora.product.catalog.ProductView;
import dev.agora.product.rating.TopReview;

/** Writes the structured data of a page, in the vocabulary of schema.org. */
final class JsonLd {

	private final JsonMapper json;

	JsonLd(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Describes a product.
	 * @param url the canonical address of its page
	 * @return JSON that cannot end the script element which contains it
	 */
	String ofProduct(ProductView product, String url) {
		Map<String, Object> data = new LinkedHashMap<>(Map.of("@context", "https://schema.org"));
		data.putAll(node("Product", "name", product.title(), "description", PageText.summary(product), "category",
				product.category(), "url", url));
		String imageUrl = PageText.webAddress(product.imageUrl());
		if (imageUrl != null) {
			data.put("image", imageUrl);
		}
		data.put("offers", offer(product, url));
		Double average = product.rating().average();
		if (average != null && product.rating().count() > 0) {
			data.put("aggregateRating",
					node("AggregateRating", "ratingValue", average, "reviewCount", product.rating().count()));
			data.put("review", product.topReviews().stream().map(JsonLd::review).toList());
		}
		return this.json.writeValueAsString(data).replace("<", "\\u003c");
	}

	private static Map<String, Object> offer(ProductView product, String url) {
		return node("Offer", "price", product.price().amount().toPlainString(), "priceCurrency",
				product.price().currency(), "availability",
				"https://schema.org/" + ((product.stock() > 0) ? "InStock" : "OutOfStock"), "url", url, "seller",
				node("Person", "name", product.seller().name()));
	}

	private static Map<String, Object> review(TopReview review) {
		return node("Review", "author", node("Person", "name", review.author().name()), "reviewRating",
				node("Rating", "ratingValue", review.stars()), "reviewBody", review.text());
	}

	/**
	 * Creates an object whose fields keep their order. Map.of would have another order in
	 * each process, so that the entity tag of an unchanged page would change.
	 */
	private static Map<String, Object> node(String type, Object... fields) {
		Map<String, Object> node = new LinkedHashMap<>();
		node.put("@type", type);
		for (int i = 0; i < fields.length; i += 2) {
			node.put((String) fields[i], fields[i + 1]);
		}
		return node;
	}

}
