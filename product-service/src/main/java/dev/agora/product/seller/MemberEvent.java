package dev.agora.product.seller;

import dev.agora.platform.event.Event;

/** What the catalogue reads of what happens to members. */
sealed interface MemberEvent extends Event {

	record Registered(String handle, String name) implements MemberEvent {
	}

	record Renamed(String handle, String name) implements MemberEvent {
	}

	record Deleted() implements MemberEvent {
	}

}
