package dev.agora.feed.activity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Change;
import dev.agora.platform.problem.Forbidden;

/**
 * An activity of a member.
 *
 * @param verb the kind of the activity
 * @param author the member who did it
 * @param text the text of a post, or null
 * @param product the product that the activity is about, or null
 * @param previousPrice the price before a reduction, or null
 * @param review the stars and text of a review, or null
 * @param friend the member who was befriended, or null
 * @param at the time of the activity, in whole milliseconds
 */
public record Activity(String verb, Author author, @Nullable String text, @Nullable ActivityProduct product,
		@Nullable Price previousPrice, @Nullable ActivityReview review, @Nullable Author friend, Instant at) {

	/** The verb of a post. */
	public static final String POSTED = "posted";

	/** The verb of the listing of a product. */
	public static final String LISTED = "listed";

	/** The verb of a lower price of a product. */
	public static final String REDUCED = "reduced";

	/** The verb of a review of a product. */
	public static final String REVIEWED = "reviewed";

	/** The verb of a new friendship. */
	public static final String BEFRIENDED = "befriended";

	/** Publishes a post. */
	public static Change<Activity> post(Author author, String text, @Nullable ActivityProduct product, Instant at) {
		return publish(new Activity(POSTED, author, text, product, null, null, null, at));
	}

	/** Publishes the listing of a product. */
	public static Change<Activity> listing(Author seller, ActivityProduct product, Instant at) {
		return publish(new Activity(LISTED, seller, null, product, null, null, null, at));
	}

	/** Publishes that the price of a product is lower than before. */
	public static Change<Activity> reduction(Author seller, ActivityProduct product, Price previous, Instant at) {
		return publish(new Activity(REDUCED, seller, null, product, previous, null, null, at));
	}

	/** Publishes a review of a product. */
	public static Change<Activity> review(Author reviewer, ActivityProduct product, ActivityReview review, Instant at) {
		return publish(new Activity(REVIEWED, reviewer, null, product, null, review, null, at));
	}

	/** Publishes that two members became friends, as an activity of the first. */
	public static Change<Activity> friendship(Author author, Author friend, Instant at) {
		return publish(new Activity(BEFRIENDED, author, null, null, null, null, friend, at));
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
			throw new Forbidden("Only a post can be deleted. Another activity is removed with what it shows.");
		}
		return remove(now).by(memberId);
	}

	/** Removes this activity, with its author or with what it shows. */
	public Change<Activity> remove(Instant now) {
		return Change.removal(new ActivityEvent.Deleted(this.author.id(), now));
	}

	/**
	 * Replaces the author by a newer version; an older or equal version changes nothing.
	 */
	public Change<Activity> withAuthor(Author newer) {
		return newer.isNewerThan(this.author) ? Change.to(with(newer, this.product, this.review, this.friend),
				new ActivityEvent.AuthorRenamed(newer.id(), newer.name())) : Change.none(this);
	}

	/**
	 * Replaces the friend by a newer version; an older or equal version changes nothing.
	 */
	public Change<Activity> withFriend(Author newer) {
		return newer.isNewerThan(this.friend) ? Change.to(with(this.author, this.product, this.review, newer),
				new ActivityEvent.FriendRenamed(this.author.id(), newer.id())) : Change.none(this);
	}

	/**
	 * Replaces the product by a newer version of it; an older or equal version changes
	 * nothing. A reduction keeps its price, so that it never shows a higher one: a new
	 * price replaces or removes the whole activity.
	 */
	public Change<Activity> withProduct(ActivityProduct newer) {
		if (this.product == null || !this.product.id().equals(newer.id())
				|| newer.version() <= this.product.version()) {
			return Change.none(this);
		}
		ActivityProduct shown = this.verb.equals(REDUCED) ? newer.withPrice(this.product.price()) : newer;
		return Change.to(with(this.author, shown, this.review, this.friend),
				new ActivityEvent.ProductChanged(this.author.id(), newer.id()));
	}

	/**
	 * Removes a delisted product from a post, or any other activity that is about it; an
	 * activity about another product does not change.
	 */
	public Change<Activity> withoutProduct(String productId, Instant now) {
		if (this.product == null || !this.product.id().equals(productId)) {
			return Change.none(this);
		}
		return this.verb.equals(POSTED) ? Change.to(with(this.author, null, this.review, this.friend),
				new ActivityEvent.ProductDelisted(this.author.id(), productId)) : remove(now);
	}

	/**
	 * Replaces the review by a newer version; an older or equal version changes nothing.
	 */
	public Change<Activity> withReview(ActivityReview newer) {
		if (this.review == null || newer.version() <= this.review.version()) {
			return Change.none(this);
		}
		return Change.to(with(this.author, this.product, newer, this.friend),
				new ActivityEvent.ReviewEdited(this.author.id(), newer.stars()));
	}

	private Activity with(Author newAuthor, @Nullable ActivityProduct newProduct, @Nullable ActivityReview newReview,
			@Nullable Author newFriend) {
		return new Activity(this.verb, newAuthor, this.text, newProduct, this.previousPrice, newReview, newFriend,
				this.at);
	}

	private static Change<Activity> publish(Activity activity) {
		String productId = (activity.product != null) ? activity.product.id() : null;
		String friendId = (activity.friend != null) ? activity.friend.id() : null;
		return Change.to(activity,
				new ActivityEvent.Published(activity.author.id(), activity.verb, productId, friendId, activity.at));
	}

}
