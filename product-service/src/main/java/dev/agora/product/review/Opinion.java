package dev.agora.product.review;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The stars and the text of a review.
 *
 * @param stars 1 to 5
 * @param text the text, null if the member gave stars only
 * @param withText whether there is a text
 * @param serial an id with the time at which the review was created; lists are sorted by
 * it
 * @param writtenAt the time of the creation or of the last edit
 */
public record Opinion(int stars, @Nullable String text, boolean withText, String serial, Instant writtenAt) {

	public Opinion(int stars, @Nullable String text, String serial, Instant writtenAt) {
		this(stars, text, text != null, serial, writtenAt);
	}

	/** Returns this opinion with the stars and text of an edit. */
	Opinion edited(Opinion edit) {
		return new Opinion(edit.stars, edit.text, this.serial, edit.writtenAt);
	}

}
