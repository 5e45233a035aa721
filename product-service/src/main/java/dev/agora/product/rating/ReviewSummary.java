package dev.agora.product.rating;

import java.util.List;

/**
 * What a product shows of its reviews.
 *
 * @param rating the rating
 * @param topReviews the newest reviews with a text
 */
public record ReviewSummary(Rating rating, List<TopReview> topReviews) {
}
