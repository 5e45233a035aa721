package dev.agora.feed.timeline;

import dev.agora.platform.event.Event;

/** What the feed reads of what happens between members. */
sealed interface FollowEvent extends Event {

	String follower();

	String followee();

	record Started(String follower, String followee) implements FollowEvent {
	}

	record Ended(String follower, String followee) implements FollowEvent {
	}

}
