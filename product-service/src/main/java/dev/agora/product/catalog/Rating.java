package dev.agora.product.catalog;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What reviewers think of a product.
 *
 * @param average of the stars, null while there is no review
 * @param count how many reviews there are
 * @param histogram how many gave one star, two, up to five
 */
public record Rating(@Nullable Double average, long count, List<Long> histogram) {

	/** Before the first review. */
	public static final Rating NONE = new Rating(null, 0, List.of(0L, 0L, 0L, 0L, 0L));

}
