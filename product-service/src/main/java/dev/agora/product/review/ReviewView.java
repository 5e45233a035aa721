package dev.agora.product.review;

import java.time.Instant;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.product.rating.ReviewAuthor;
import dev.agora.product.rating.TopReview;

/**
 * A review in responses.
 *
 * @param text the text, null if the author gave stars only
 * @param updatedAt the time of the creation or of the last edit
 * @param version the version, which each change raises; the entity tag
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ReviewView(String id, MemberCard author, int stars, @Nullable String text, Instant createdAt, Instant updatedAt,
		long version) {

	static ReviewView of(Stored<Review> stored) {
		Review review = stored.value();
		Opinion opinion = Objects.requireNonNull(review.opinion(), "The review is deleted.");
		Reviewer author = review.author();
		MemberCard card = new MemberCard(author.id(), author.handle(), author.name());
		return new ReviewView(stored.id(), card, opinion.stars(), opinion.text(),
				IdGenerator.createdAt(opinion.serial()), opinion.writtenAt(), stored.version());
	}

	/** Converts a review with a text. */
	TopReview toTopReview() {
		ReviewAuthor card = new ReviewAuthor(this.author.id(), this.author.handle(), this.author.name());
		return new TopReview(this.id, card, this.stars, Objects.requireNonNull(this.text), this.createdAt,
				this.updatedAt, this.version);
	}

	/** Returns the entity tag of this version, with its quotes. */
	String etag() {
		return "\"" + this.version + "\"";
	}

}
