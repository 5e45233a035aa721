package dev.agora.feed.activity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Change;
import dev.agora.platform.problem.Forbidden;

/**
 * Something that a member did.
 *
 * @param verb what it was
 * @param author who did it
 * @param text what they wrote, null where they wrote nothing
 * @param product what it is about, null where it is about no product
 * @param at when it was, in whole milliseconds
 */
public record Activity(Verb verb, Author author, @Nullable String text, @Nullable ProductCard product, Instant at) {

	/** A member writes a post. */
	public static Change<Activity> post(Author author, String text, @Nullable ProductCard product, Instant at) {
		return published(new Activity(Verb.POSTED, author, text, product, at));
	}

	/** A member offers a product. */
	public static Change<Activity> list(Author seller, ProductCard product, Instant at) {
		return published(new Activity(Verb.LISTED, seller, null, product, at));
	}

	/**
	 * A member takes it back.
	 * @throws Forbidden if it is not theirs, or not a post
	 */
	public Change<Activity> deleteBy(String memberId, Instant now) {
		if (!this.author.id().equals(memberId)) {
			throw new Forbidden("A post can be deleted by its author alone.");
		}
		if (this.verb != Verb.POSTED) {
			throw new Forbidden("A listing ends with its product; it is not deleted here.");
		}
		return Change.removal(new ActivityEvent.Deleted(memberId, now));
	}

	private static Change<Activity> published(Activity activity) {
		return Change.to(activity,
				new ActivityEvent.Published(activity.author.id(), activity.verb.word(), activity.at));
	}

}
