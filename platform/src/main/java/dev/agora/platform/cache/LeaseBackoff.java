package dev.agora.platform.cache;

import java.time.Duration;

/**
 * The pauses of a reader that polls for another reader's load. They double twice.
 *
 * @param first the first pause
 * @param maxWait the time after which the reader loads on its own
 */
record LeaseBackoff(Duration first, Duration maxWait) {

	private static final int DOUBLINGS = 2;

	Duration pause(int polls) {
		return this.first.multipliedBy(1L << Math.min(polls, DOUBLINGS));
	}

	boolean isExhausted(int polls) {
		long waited = 0;
		for (int poll = 0; poll < polls; poll++) {
			waited += pause(poll).toMillis();
		}
		return waited >= this.maxWait.toMillis();
	}

}
