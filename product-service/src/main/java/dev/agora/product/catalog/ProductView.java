package dev.agora.product.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Stored;

/**
 * A product as its readers get it, and as the cache keeps it.
 *
 * @param topReviews the reviews that stand beside the product, none so far
 * @param views how often it was looked at, approximate
 * @param version rises with each change; the entity tag
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ProductView(String id, String title, @Nullable String description, String category, Price price,
		long stock, List<String> tags, Map<String, String> attributes, @Nullable String imageUrl, SellerCard seller,
		Rating rating, List<Void> topReviews, long views, long version, Instant createdAt, Instant updatedAt) {

	public static ProductView of(Stored<Product> stored) {
		Product product = stored.value();
		return new ProductView(stored.id(), product.title(), product.description(), product.category(), product.price(),
				product.stock(), product.tags(), product.attributes(), product.imageUrl(),
				SellerCard.of(product.seller()), Rating.NONE, List.of(), 0, stored.version(), stored.createdAt(),
				stored.updatedAt());
	}

	/** What {@code ETag} and {@code If-None-Match} say of this version. */
	String etag() {
		return "\"" + this.version + "\"";
	}

}
