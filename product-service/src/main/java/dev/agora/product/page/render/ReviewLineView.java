package dev.agora.product.page.render;

import java.time.LocalDate;
import java.time.ZoneOffset;

import dev.agora.product.rating.TopReview;

/**
 * A review on the page of its product.
 *
 * @param author the name of the member who wrote it
 * @param stars five filled or empty stars
 * @param rating the stars in words
 * @param text the text
 * @param date the day of its last edit in UTC
 */
public record ReviewLineView(String author, String stars, String rating, String text, String date) {

	static ReviewLineView of(TopReview review) {
		return new ReviewLineView(review.author().name(), RatingView.toStars(review.stars()), review.stars() + " of 5",
				review.text(), LocalDate.ofInstant(review.updatedAt(), ZoneOffset.UTC).toString());
	}

}
