package dev.agora.product.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Stored;
import dev.agora.platform.member.MemberCard;
import dev.agora.product.rating.Rating;
import dev.agora.product.rating.TopReview;

/**
 * A product in responses.
 *
 * @param topReviews the newest reviews with a text
 * @param views the approximate number of views
 * @param edition the number of the seller's last change
 * @param version the version, which each change raises
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ProductView(String id, String title, @Nullable String description, String category, Price price,
		long stock, List<String> tags, Map<String, String> attributes, @Nullable String imageUrl, MemberCard seller,
		Rating rating, List<TopReview> topReviews, long views, long edition, long version, Instant createdAt,
		Instant updatedAt) {

	public static ProductView of(Stored<Product> stored) {
		Product product = stored.value();
		Seller seller = product.seller();
		return new ProductView(stored.id(), product.title(), product.description(), product.category(), product.price(),
				product.stock(), product.tags(), product.attributes(), product.imageUrl(),
				new MemberCard(seller.id(), seller.handle(), seller.name()), product.rating(), product.topReviews(),
				stored.tally(), product.edition(), stored.version(), stored.createdAt(), stored.updatedAt());
	}

	/**
	 * Returns the part that identifies the product's state; a view is no change of it.
	 */
	ProductView withoutViews() {
		return new ProductView(this.id, this.title, this.description, this.category, this.price, this.stock, this.tags,
				this.attributes, this.imageUrl, this.seller, this.rating, this.topReviews, 0, this.edition,
				this.version, this.createdAt, this.updatedAt);
	}

}
