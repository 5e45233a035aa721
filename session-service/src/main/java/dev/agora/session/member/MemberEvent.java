package dev.agora.session.member;

import java.time.Instant;

import dev.agora.platform.event.Event;

/** The events of a member, published to the other services. */
public sealed interface MemberEvent extends Event {

	/**
	 * A member was registered.
	 *
	 * @param handle the unique name in lower case
	 * @param name the name as shown
	 * @param createdAt when they registered
	 */
	record Registered(String handle, String name, Instant createdAt) implements MemberEvent {
	}

	/**
	 * A member changed their name.
	 *
	 * @param handle the unique name, which is unchanged
	 * @param name the new name as shown
	 */
	record Renamed(String handle, String name) implements MemberEvent {
	}

	/**
	 * A member became an operator.
	 *
	 * @param handle the unique name
	 * @param since when they became an operator
	 */
	record OperatorGranted(String handle, Instant since) implements MemberEvent {
	}

	/**
	 * A member is no operator any more.
	 *
	 * @param handle the unique name
	 */
	record OperatorRevoked(String handle) implements MemberEvent {
	}

	/**
	 * A member was deleted, and so is everything they created.
	 *
	 * @param handle the unique name, which stays reserved for a while
	 */
	record Deleted(String handle) implements MemberEvent {
	}

}
