package dev.agora.session.member;

import java.time.Instant;

import dev.agora.platform.event.Event;

/** What happens to a member, as the others are told. */
public sealed interface MemberEvent extends Event {

	/**
	 * Somebody became a member.
	 *
	 * @param handle the unique name in lower case
	 * @param name the name as shown
	 * @param createdAt when
	 */
	record Registered(String handle, String name, Instant createdAt) implements MemberEvent {
	}

	/**
	 * A member goes by another name.
	 *
	 * @param handle the unique name, which stays
	 * @param name the name as shown from now on
	 */
	record Renamed(String handle, String name) implements MemberEvent {
	}

	/**
	 * A member left; what they made is to go.
	 *
	 * @param handle the unique name, which nobody else gets for a while
	 */
	record Deleted(String handle) implements MemberEvent {
	}

}
