package dev.agora.product.rating;

import java.util.List;

/**
 * The rating and the reviews that a product shows.
 *
 * @param rating the rating
 * @param topReviews the newest reviews with a text
 */
public record ReviewSummary(Rating rating, List<TopReview> topReviews) {
}
