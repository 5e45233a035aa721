package dev.agora.platform.member;

import dev.agora.platform.event.Event;

/** The events of a member, reduced to the fields that the projection needs. */
sealed interface MemberEvent extends Event {

	/** A member registered. */
	record Registered(String handle, String name) implements MemberEvent {
	}

	/** A member changed their name. */
	record Renamed(String handle, String name) implements MemberEvent {
	}

	/** A member deleted their account. */
	record Deleted() implements MemberEvent {
	}

}
