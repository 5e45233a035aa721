package dev.agora.product.review;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Change;

/**
 * A member's review of a product. A review that its author has deleted remains without an
 * opinion, so that its versions continue when the author writes it again.
 *
 * @param product the id of the product
 * @param author the member who wrote it
 * @param opinion its stars and text, null if it is deleted
 */
public record Review(String product, Reviewer author, @Nullable Opinion opinion) {

	private static final String SEPARATOR = ":";

	/** Returns the id of a member's review of a product. */
	public static String id(String product, String member) {
		return product + SEPARATOR + member;
	}

	/** Whether an id is that of a review, not of a product. */
	public static boolean isId(String id) {
		return id.contains(SEPARATOR);
	}

	/**
	 * Writes this review.
	 * @param item its product
	 */
	public Change<Review> write(ReviewedItem item) {
		Opinion written = Objects.requireNonNull(this.opinion, "The review has no opinion.");
		return Change.to(this, new ReviewEvent.Written(this.product, this.author, written.stars(), written.text(),
				written.writtenAt(), written.serial(), item));
	}

	/**
	 * Replaces this review by a newer one of the same author. An edit keeps the time of
	 * the creation; the same stars and text change nothing.
	 * @param item its product
	 */
	public Change<Review> rewrite(Review newer, ReviewedItem item) {
		if (says(newer)) {
			return Change.none(this);
		}
		Opinion next = Objects.requireNonNull(newer.opinion, "The review has no opinion.");
		Opinion opinion = (this.opinion != null) ? this.opinion.edited(next) : next;
		return new Review(this.product, newer.author, opinion).write(item);
	}

	/**
	 * Replaces the author by a newer version; an older or equal version changes nothing.
	 */
	public Change<Review> withAuthor(Reviewer newer) {
		if (this.opinion == null || newer.version() <= this.author.version()) {
			return Change.none(this);
		}
		return Change.to(new Review(this.product, newer, this.opinion),
				new ReviewEvent.AuthorRenamed(this.product, newer));
	}

	/** Deletes this review for its author; a deleted review does not change. */
	public Change<Review> delete(Instant at) {
		return (this.opinion != null) ? Change.to(new Review(this.product, this.author, null), deleted(at))
				: Change.none(this);
	}

	/** Removes this review together with its author or its product. */
	public Change<Review> remove(Instant at) {
		return Change.removal(deleted(at));
	}

	/** Whether this review has the same stars and text as another. */
	boolean says(Review other) {
		return this.opinion != null && other.opinion != null && this.opinion.stars() == other.opinion.stars()
				&& Objects.equals(this.opinion.text(), other.opinion.text());
	}

	private ReviewEvent.Deleted deleted(Instant at) {
		return new ReviewEvent.Deleted(this.product, this.author.id(), at);
	}

}
