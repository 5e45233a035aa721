package dev.agora.product.rating;

import java.time.Instant;

/**
 * A review that is shown with its product.
 *
 * @param id the id of the review
 * @param author the member who wrote it
 * @param stars 1 to 5
 * @param text the text
 * @param createdAt the time of its creation
 * @param updatedAt the time of its creation or of its last edit
 * @param version the version of the review
 */
public record TopReview(String id, ReviewAuthor author, int stars, String text, Instant createdAt, Instant updatedAt,
		long version) {

	/** The number of reviews that are shown with a product. */
	public static final int MAX = 3;

}
