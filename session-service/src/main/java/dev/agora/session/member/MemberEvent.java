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

}
