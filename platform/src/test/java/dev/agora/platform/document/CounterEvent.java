package dev.agora.platform.document;

import dev.agora.platform.event.Event;

/** The events of an aggregate that exists for these tests. */
sealed interface CounterEvent extends Event {

	/** The counter went up. */
	record WentUp(int to) implements CounterEvent {
	}

	/** The counter went down. */
	record WentDown(int to) implements CounterEvent {
	}

	/** The counter was removed. */
	record Removed() implements CounterEvent {
	}

}
