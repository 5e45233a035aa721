package dev.agora.graph.edge;

import dev.agora.platform.event.Event;

/** The events of a follow. */
public sealed interface FollowEvent extends Event {

	String follower();

	String followee();

	/** A member started to follow another. */
	record Started(String follower, String followee) implements FollowEvent {
	}

	/** A member stopped following another. */
	record Ended(String follower, String followee) implements FollowEvent {
	}

}
