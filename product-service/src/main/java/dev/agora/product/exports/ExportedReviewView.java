package dev.agora.product.exports;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Stored;
import dev.agora.product.review.Opinion;
import dev.agora.product.review.Review;

/**
 * A review in an export. Of a deleted one, product-service keeps that it was there.
 *
 * @param stars the stars, null if the review is deleted
 * @param text the text, null if there is none or the review is deleted
 * @param updatedAt the time of the last change
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ExportedReviewView(String product, @Nullable Integer stars, @Nullable String text, boolean deleted,
		Instant createdAt, Instant updatedAt) {

	static ExportedReviewView of(Stored<Review> stored) {
		@Nullable Opinion opinion = stored.value().opinion();
		return new ExportedReviewView(stored.value().product(), (opinion != null) ? opinion.stars() : null,
				(opinion != null) ? opinion.text() : null, opinion == null, stored.createdAt(), stored.updatedAt());
	}

}
