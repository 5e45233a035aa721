package dev.agora.feed.live.log;

import dev.agora.platform.event.Event;

/** The events of a member, reduced to those that live streams need. */
sealed interface MemberEvent extends Event {

	/** A member deleted their account. */
	record Deleted() implements MemberEvent {
	}

}
