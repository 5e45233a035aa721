package dev.agora.product.catalog;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The rating of a product by its reviewers.
 *
 * @param average the average number of stars, null without a review
 * @param count the number of reviews
 * @param histogram the numbers of reviews with one star to five stars
 */
public record Rating(@Nullable Double average, long count, List<Long> histogram) {

	/** The rating before the first review. */
	public static final Rating NONE = new Rating(null, 0, List.of(0L, 0L, 0L, 0L, 0L));

}
