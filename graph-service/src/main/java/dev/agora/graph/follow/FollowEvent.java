package dev.agora.graph.follow;

import dev.agora.platform.event.Event;

/** The events of a follow. */
public sealed interface FollowEvent extends Event {

	/** A member started to follow another. */
	record Started(String follower, String followee) implements FollowEvent {
	}

	/** A member stopped following another. */
	record Ended(String follower, String followee) implements FollowEvent {
	}

}
