package dev.agora.feed.author;

import dev.agora.platform.event.Event;

/** What the feed reads of what happens to members. */
sealed interface MemberEvent extends Event {

	record Registered(String handle, String name) implements MemberEvent {
	}

	record Renamed(String handle, String name) implements MemberEvent {
	}

	record Deleted() implements MemberEvent {
	}

}
