package dev.agora.gateway.rate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many requests one client has: a bucket that holds a burst and is filled at a steady
 * rate.
 *
 * @param kind whose requests are counted: {@code address} or {@code member}
 * @param perSecond how many are added in a second
 * @param burst how many there can be
 */
record RateLimit(String kind, int perSecond, int burst) {

	/** How many a gateway fetches at a time. */
	int chunk() {
		return Math.max(1, this.burst / 10);
	}

	boolean isUnlimited() {
		return this.perSecond == 0;
	}

	/** How long it takes until so many have been added. */
	long nanosFor(int tokens) {
		return tokens * TimeUnit.SECONDS.toNanos(1) / this.perSecond;
	}

	/** After which an untouched bucket is full. */
	Duration untilFull() {
		return Duration.ofNanos(nanosFor(this.burst));
	}

	/** For the header {@code RateLimit-Policy}. */
	String policy() {
		return "\"" + this.kind + "\";q=" + this.burst + ";w=" + Math.max(1, untilFull().plusMillis(999).toSeconds());
	}

	/** For the header {@code RateLimit}. */
	String state(int left) {
		return "\"" + this.kind + "\";r=" + left + ";t=1";
	}

}
