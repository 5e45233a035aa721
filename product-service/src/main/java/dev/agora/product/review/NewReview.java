package dev.agora.product.review;

import java.time.Instant;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.text.Nfc;
import dev.agora.platform.text.TextForm;
import dev.agora.platform.text.TypedText;

/**
 * The body of a request that writes the caller's review.
 *
 * @param stars 1 to 5
 * @param text 1 to 5,000 characters, not all of them blank, or null
 */
record NewReview(
		@NotNull(message = STARS) @Min(value = 1, message = STARS) @Max(value = 5, message = STARS) Integer stars,
		@Nullable @TypedText(form = TextForm.TEXT, max = 5000) String text) {

	private static final String STARS = "must be a whole number from 1 to 5";

	NewReview {
		text = (text != null) ? Nfc.of(text) : null;
	}

	/**
	 * Converts this body to a review.
	 * @param product the id of the product
	 * @param author the caller
	 * @param serial a new id
	 */
	Review toReview(String product, Reviewer author, String serial) {
		Instant now = IdGenerator.createdAt(serial);
		return new Review(product, author, new Opinion(this.stars, this.text, serial, now));
	}

}
