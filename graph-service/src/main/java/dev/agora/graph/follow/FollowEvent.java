package dev.agora.graph.follow;

import dev.agora.platform.event.Event;

/** What happens between two members. */
public sealed interface FollowEvent extends Event {

	/** One member follows another from now on. */
	record Started(String follower, String followee) implements FollowEvent {
	}

	/** One member follows another no more. */
	record Ended(String follower, String followee) implements FollowEvent {
	}

}
