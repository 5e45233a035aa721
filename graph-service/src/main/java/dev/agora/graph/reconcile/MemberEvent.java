package dev.agora.graph.reconcile;

import dev.agora.platform.event.Event;

/** What this service reads of the events of members. */
sealed interface MemberEvent extends Event {

	/** Somebody became a member. */
	record Registered(String handle, String name) implements MemberEvent {
	}

	/** A member goes by another name. */
	record Renamed(String handle, String name) implements MemberEvent {
	}

	/** A member left. */
	record Deleted(String handle) implements MemberEvent {
	}

}
