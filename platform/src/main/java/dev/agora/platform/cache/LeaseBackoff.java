package dev.agora.platform.cache;

import java.time.Duration;

/**
 * The pauses between the polls of a reader that waits for another reader's load. The
 * pause doubles four times, so many readers of a slow load cause few polls.
 *
 * @param maxWait the time after which the reader loads the object without the lease
 */
public record LeaseBackoff(Duration maxWait) {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

	private static final int DOUBLINGS = 4;

	/** Returns the pause after a number of polls. */
	public Duration pause(int polls) {
		return FIRST_PAUSE.multipliedBy(1L << Math.min(polls, DOUBLINGS));
	}

	/** Whether a reader that has polled so often no longer waits. */
	public boolean isExhausted(int polls) {
		long waited = 0;
		for (int poll = 0; poll < polls; poll++) {
			waited += pause(poll).toMillis();
		}
		return waited >= this.maxWait.toMillis();
	}

}
