package dev.agora.feed.activity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Change;
import dev.agora.platform.problem.Forbidden;

/**
 * Something that a member did.
 *
 * @param verb what it was, {@link #POSTED} or {@link #LISTED}
 * @param author who did it
 * @param text what they wrote, null where they wrote nothing
 * @param product what it is about, null where it is about no product
 * @param at when it was, in whole milliseconds
 */
public record Activity(String verb, Author author, @Nullable String text, @Nullable ProductCard product, Instant at) {

	/** Wrote a post. */
	public static final String POSTED = "posted";

	/** Offered a product. */
	public static final String LISTED = "listed";

	/** A member writes a post. */
	public static Change<Activity> post(Author author, String text, @Nullable ProductCard product, Instant at) {
		return published(new Activity(POSTED, author, text, product, at));
	}

	/** A member offers a product. */
	public static Change<Activity> list(Author seller, ProductCard product, Instant at) {
		return published(new Activity(LISTED, seller, null, product, at));
	}

	/**
	 * A member takes it back.
	 * @throws Forbidden if it is not theirs, or not a post
	 */
	public Change<Activity> deleteBy(String memberId, Instant now) {
		if (!this.author.id().equals(memberId)) {
			throw new Forbidden("A post can be deleted by its author alone.");
		}
		if (!this.verb.equals(POSTED)) {
			throw new Forbidden("A listing ends with its product; it is not deleted here.");
		}
		return withdraw(now).by(memberId);
	}

	/** It ends, with its author or with what it listed. */
	public Change<Activity> withdraw(Instant now) {
		return Change.removal(new ActivityEvent.Deleted(this.author.id(), now));
	}

	/** Shows its author as they are now; nothing happens where that is known already. */
	public Change<Activity> by(Author now) {
		if (now.version() <= this.author.version()) {
			return Change.none(this);
		}
		return Change.to(new Activity(this.verb, now, this.text, this.product, this.at),
				new ActivityEvent.AuthorRenamed(now.id(), now.name()));
	}

	/**
	 * Goes on without a product, or ends where it was nothing but its listing; nothing
	 * happens where it is not about that one.
	 */
	public Change<Activity> without(String productId, Instant now) {
		if (this.product == null || !this.product.id().equals(productId)) {
			return Change.none(this);
		}
		return this.verb.equals(LISTED) ? withdraw(now)
				: Change.to(new Activity(this.verb, this.author, this.text, null, this.at),
						new ActivityEvent.ProductDelisted(this.author.id(), productId));
	}

	private static Change<Activity> published(Activity activity) {
		String productId = (activity.product != null) ? activity.product.id() : null;
		return Change.to(activity,
				new ActivityEvent.Published(activity.author.id(), activity.verb, productId, activity.at));
	}

}
