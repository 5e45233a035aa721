package dev.agora.product.page.render;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.agora.product.rating.Rating;

/**
 * The rating of a product on a page.
 *
 * @param stars five filled or empty stars
 * @param summary the average and the number of reviews
 * @param count the number of reviews
 * @param lines the number of reviews by stars, five stars first
 */
public record RatingView(String stars, String summary, long count, List<Line> lines) {

	/** Converts a rating; null before the first review. */
	static @Nullable RatingView of(Rating rating) {
		Double average = rating.average();
		if (average == null || rating.count() == 0) {
			return null;
		}
		String summary = String.format(Locale.ROOT, "%.1f of 5 (%d %s)", average, rating.count(),
				(rating.count() == 1) ? "review" : "reviews");
		return new RatingView(toStars((int) Math.round(average)), summary, rating.count(),
				IntStream.range(0, Rating.MAX_STARS)
					.mapToObj((index) -> Line.of(Rating.MAX_STARS - index, rating))
					.toList());
	}

	static String toStars(int filled) {
		return "★".repeat(filled) + "☆".repeat(Rating.MAX_STARS - filled);
	}

	/**
	 * The number of reviews with some stars.
	 *
	 * @param label the stars in words
	 * @param count the number of reviews
	 */
	public record Line(String label, long count) {

		static Line of(int stars, Rating rating) {
			return new Line((stars == 1) ? "1 star" : stars + " stars", rating.histogram().get(stars - 1));
		}

	}

}
