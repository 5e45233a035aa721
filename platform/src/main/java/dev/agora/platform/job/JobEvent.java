package dev.agora.platform.job;

import java.time.Instant;

import dev.agora.platform.event.Event;

/** The events of a job. */
public sealed interface JobEvent extends Event {

	/** The job waits for a worker. Workers share these records as a queue. */
	record Queued(String kind, String owner, Instant at) implements JobEvent {
	}

	/** The job succeeded, failed or was cancelled. */
	record Ended(String kind, String owner, JobState state, Instant at) implements JobEvent {
	}

}
