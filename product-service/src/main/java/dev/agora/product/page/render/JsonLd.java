package dev.agora.product.page.render;

import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import dev.agora.product.catalog.ProductView;
import dev.agora.product.catalog.Rating;

/** Writes the structured data of a page, in the vocabulary of schema.org. */
final class JsonLd {

	private static final String TYPE = "@type";

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
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("@context", "https://schema.org");
		data.put(TYPE, "Product");
		data.put("name", product.title());
		data.put("description", PageText.summary(product));
		data.put("category", product.category());
		data.put("url", url);
		String imageUrl = PageText.webAddress(product.imageUrl());
		if (imageUrl != null) {
			data.put("image", imageUrl);
		}
		data.put("offers", offer(product, url));
		if (product.rating().average() != null && product.rating().count() > 0) {
			data.put("aggregateRating", aggregate(product.rating()));
		}
		return write(data);
	}

	private static Map<String, Object> offer(ProductView product, String url) {
		return Map.of(TYPE, "Offer", "price", product.price().amount().toPlainString(), "priceCurrency",
				product.price().currency(), "availability",
				"https://schema.org/" + ((product.stock() > 0) ? "InStock" : "OutOfStock"), "url", url, "seller",
				Map.of(TYPE, "Person", "name", product.seller().name()));
	}

	private static Map<String, Object> aggregate(Rating rating) {
		return Map.of(TYPE, "AggregateRating", "ratingValue", rating.average(), "reviewCount", rating.count());
	}

	private String write(Map<String, Object> data) {
		return this.json.writeValueAsString(data).replace("<", "\\u003c");
	}

}
