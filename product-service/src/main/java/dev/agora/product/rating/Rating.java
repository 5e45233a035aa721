package dev.agora.product.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The rating of a product by its reviewers.
 *
 * @param average the average number of stars with two decimals, null without a review
 * @param count the number of reviews
 * @param histogram the numbers of reviews with one star to five stars
 */
public record Rating(@Nullable Double average, long count, List<Long> histogram) {

	/** The largest number of stars. */
	public static final int MAX_STARS = 5;

	/** The rating before the first review. */
	public static final Rating NONE = of(List.of(0L, 0L, 0L, 0L, 0L));

	/**
	 * Computes a rating.
	 * @param histogram the numbers of reviews with one star to five stars
	 */
	public static Rating of(List<Long> histogram) {
		long count = histogram.stream().mapToLong(Long::longValue).sum();
		long stars = IntStream.range(0, MAX_STARS).mapToLong((index) -> (index + 1) * histogram.get(index)).sum();
		return new Rating((count > 0) ? average(stars, count) : null, count, List.copyOf(histogram));
	}

	/**
	 * Returns the key by which products are sorted: by average, then by the number of
	 * reviews.
	 */
	public String sortKey() {
		long hundredths = (this.average != null) ? Math.round(this.average * 100) : 0;
		return String.format(Locale.ROOT, "%03d %010d", hundredths, this.count);
	}

	private static double average(long stars, long count) {
		return BigDecimal.valueOf(stars).divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP).doubleValue();
	}

}
