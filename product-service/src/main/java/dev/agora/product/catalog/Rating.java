package dev.agora.product.catalog;

import java.util.List;
import java.util.Locale;

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

	private static final int AVERAGE_SCALE = 1_000_000;

	/**
	 * Returns the key by which products are sorted: by average, then by the number of
	 * reviews.
	 */
	String sortKey() {
		long scaled = (this.average != null) ? Math.round(this.average * AVERAGE_SCALE) : 0;
		return String.format(Locale.ROOT, "%07d %010d", scaled, this.count);
	}

}
