package dev.agora.feed.activity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Change;
import dev.agora.platform.problem.Forbidden;

/**
 * An activity of a member: a post, or the listing of a product.
 *
 * @param verb the kind of the activity, {@link #POSTED} or {@link #LISTED}
 * @param author the member who did it
 * @param text the text of a post, or null
 * @param product the product that the activity is about, or null
 * @param at the time of the activity, in whole milliseconds
 */
public record Activity(String verb, Author author, @Nullable String text, @Nullable ActivityProduct product,
		Instant at) {

	/** The verb of a post. */
	public static final String POSTED = "posted";

	/** The verb of the listing of a product. */
	public static final String LISTED = "listed";

	/** Publishes a post. */
	public static Change<Activity> post(Author author, String text, @Nullable ActivityProduct product, Instant at) {
		return publish(new Activity(POSTED, author, text, product, at));
	}

	/** Publishes the listing of a product. */
	public static Change<Activity> listing(Author seller, ActivityProduct product, Instant at) {
		return publish(new Activity(LISTED, seller, null, product, at));
	}

	/**
	 * Deletes this post on behalf of a member.
	 * @throws Forbidden if the member is not the author, or this is not a post
	 */
	public Change<Activity> deleteBy(String memberId, Instant now) {
		if (!this.author.id().equals(memberId)) {
			throw new Forbidden("Only its author can delete a post.");
		}
		if (!this.verb.equals(POSTED)) {
			throw new Forbidden("A listing cannot be deleted. It is removed with its product.");
		}
		return remove(now).by(memberId);
	}

	/** Removes this activity, with its author or its product. */
	public Change<Activity> remove(Instant now) {
		return Change.removal(new ActivityEvent.Deleted(this.author.id(), now));
	}

	/**
	 * Replaces the author by a newer version; an older or equal version changes nothing.
	 */
	public Change<Activity> withAuthor(Author newer) {
		if (newer.version() <= this.author.version()) {
			return Change.none(this);
		}
		return Change.to(new Activity(this.verb, newer, this.text, this.product, this.at),
				new ActivityEvent.AuthorRenamed(newer.id(), newer.name()));
	}

	/**
	 * Replaces the product by a newer version of it; an older or equal version changes
	 * nothing.
	 */
	public Change<Activity> withProduct(ActivityProduct newer) {
		if (this.product == null || !this.product.id().equals(newer.id())
				|| newer.version() <= this.product.version()) {
			return Change.none(this);
		}
		return Change.to(new Activity(this.verb, this.author, this.text, newer, this.at),
				new ActivityEvent.ProductChanged(this.author.id(), newer.id()));
	}

	/**
	 * Removes a delisted product from a post, or the listing of that product; an activity
	 * about another product does not change.
	 */
	public Change<Activity> withoutProduct(String productId, Instant now) {
		if (this.product == null || !this.product.id().equals(productId)) {
			return Change.none(this);
		}
		return this.verb.equals(LISTED) ? remove(now)
				: Change.to(new Activity(this.verb, this.author, this.text, null, this.at),
						new ActivityEvent.ProductDelisted(this.author.id(), productId));
	}

	private static Change<Activity> publish(Activity activity) {
		String productId = (activity.product != null) ? activity.product.id() : null;
		return Change.to(activity,
				new ActivityEvent.Published(activity.author.id(), activity.verb, productId, activity.at));
	}

}
