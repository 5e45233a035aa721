package dev.agora.feed.live.log;

import dev.agora.platform.event.Event;

/** The events of a follow, reduced to the fields that live streams need. */
sealed interface FollowEvent extends Event {

	/** A member started to follow another. */
	record Started(String follower, String followee) implements FollowEvent {
	}

	/** A member stopped following another. */
	record Ended(String follower, String followee) implements FollowEvent {
	}

}
