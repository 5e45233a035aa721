package dev.agora.feed.audience;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.agora.feed.activity.Author;

/**
 * An active follow.
 *
 * @param follower the id of the member who follows
 * @param followee the id of the member who is followed
 * @param since the time of its start, null if an older release stored it
 * @param cards the cards of both members at its start, null if it was imported or an
 * older release stored it
 */
public record Follow(String follower, String followee, @Nullable Instant since, @Nullable List<Author> cards) {

	/** Creates a follow whose start is not known. */
	public Follow(String follower, String followee) {
		this(follower, followee, null, null);
	}

	/** The cards of both members, as far as the follow has them. */
	public List<Author> knownCards() {
		return (this.cards != null) ? this.cards : List.of();
	}

}
