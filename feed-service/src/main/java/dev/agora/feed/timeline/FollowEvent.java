package dev.agora.feed.timeline;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.agora.feed.activity.Author;
import dev.agora.platform.event.Event;

/** The events of a follow, reduced to the fields that the feed needs. */
sealed interface FollowEvent extends Event {

	String follower();

	String followee();

	/** The cards of the two members, as far as the event has them. */
	default List<Author> knownCards() {
		return List.of();
	}

	/**
	 * A member started to follow another.
	 *
	 * @param cards the cards of both, null or empty if the follow was imported
	 */
	record Started(String follower, String followee, @Nullable List<Author> cards) implements FollowEvent {

		@Override
		public List<Author> knownCards() {
			return (this.cards != null) ? this.cards : List.of();
		}

	}

	/** A member stopped following another. */
	record Ended(String follower, String followee) implements FollowEvent {
	}

}
