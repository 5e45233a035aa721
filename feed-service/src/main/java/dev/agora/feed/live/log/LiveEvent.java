package dev.agora.feed.live.log;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** The part of an event that live streams use. */
public sealed interface LiveEvent {

	/**
	 * An activity was published.
	 *
	 * @param friend the member whom the activity shows as a new friend, or null
	 * @param at the time of the publication; the activity itself may be older, as that of
	 * an old review is
	 */
	record Published(String activity, String author, @Nullable String friend, Instant at) implements LiveEvent {
	}

	/** A member started to follow another. */
	record Followed(String follower, String followee, Instant at) implements LiveEvent {

		/** Whether an event is an activity of the followee that was published since. */
		public boolean isFollowedBy(LiveEvent event) {
			return event instanceof Published published && published.author().equals(this.followee)
					&& !published.at().isBefore(this.at);
		}

	}

	/** A member stopped following another. */
	record Unfollowed(String follower, String followee) implements LiveEvent {
	}

	/** A block started, which hides each of the two members from the other. */
	record Blocked(String blocker, String blocked) implements LiveEvent {
	}

	/** A block ended. The follows that it has ended do not start again. */
	record Unblocked(String blocker, String blocked) implements LiveEvent {
	}

	/**
	 * A job ended.
	 *
	 * @param topic the topic of its service
	 */
	record JobEnded(String topic, String id, String kind, String owner, String state, Instant at) implements LiveEvent {
	}

	/** A member deleted their account. */
	record MemberDeleted(String member) implements LiveEvent {
	}

}
