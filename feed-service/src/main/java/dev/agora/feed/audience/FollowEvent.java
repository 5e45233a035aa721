package dev.agora.feed.audience;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.agora.feed.activity.Author;
import dev.agora.platform.event.Event;

/** The events of a follow, reduced to the fields that the feed needs. */
public sealed interface FollowEvent extends Event {

	String follower();

	String followee();

	/** Returns the follow after the event, null if it has ended. */
	default @Nullable Follow toFollow(Instant at) {
		return null;
	}

	/**
	 * A member started to follow another.
	 *
	 * @param cards the cards of both, null or empty if the follow was imported
	 */
	record Started(String follower, String followee, @Nullable List<Author> cards) implements FollowEvent {

		@Override
		public Follow toFollow(Instant at) {
			boolean isImported = this.cards == null || this.cards.isEmpty();
			return new Follow(this.follower, this.followee, at, isImported ? null : this.cards);
		}

	}

	/** A member stopped following another. */
	record Ended(String follower, String followee) implements FollowEvent {
	}

}
