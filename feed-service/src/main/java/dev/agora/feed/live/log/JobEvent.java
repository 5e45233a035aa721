package dev.agora.feed.live.log;

import java.time.Instant;

import dev.agora.platform.event.Event;

/** The events of a job, reduced to the fields that live streams need. */
sealed interface JobEvent extends Event {

	/** A job succeeded, failed or was cancelled. */
	record Ended(String kind, String owner, String state, Instant at) implements JobEvent {
	}

}
