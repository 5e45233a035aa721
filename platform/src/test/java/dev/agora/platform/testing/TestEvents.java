package dev.agora.platform.testing;

import java.time.Instant;

import dev.agora.platform.event.Event;
import dev.agora.platform.kafka.ReceivedEvent;

/** Creates events as listeners receive them, for tests without Kafka. */
public final class TestEvents {

	private TestEvents() {
	}

	/** Creates an event whose trace is not sampled. */
	public static <E extends Event> ReceivedEvent<E> received(String id, long version, Instant at, E event) {
		return new ReceivedEvent<>(id, version, at, event, TestTracing.UNSAMPLED);
	}

}
