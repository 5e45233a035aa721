package dev.agora.platform.document;

import dev.agora.platform.event.Event;

/** The events of an aggregate that exists for these tests. */
sealed interface CounterEvent extends Event {

	/** It went up. */
	record WentUp(int to) implements CounterEvent {
	}

	/** It is no more. */
	record Removed() implements CounterEvent {
	}

}
