package dev.agora.gateway.rate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The limit for each client of one kind: a token bucket that holds a burst and is filled
 * at a steady rate.
 *
 * @param kind the kind of client: {@code address} or {@code member}
 * @param perSecond how many tokens are added in a second
 * @param burst how many tokens the bucket holds
 */
record RateLimit(String kind, int perSecond, int burst) {

	/** How many tokens a gateway fetches at a time. */
	int batch() {
		return Math.max(1, this.burst / 10);
	}

	boolean isUnlimited() {
		return this.perSecond == 0;
	}

	/** How long it takes to add so many tokens. */
	long nanosFor(int tokens) {
		return tokens * TimeUnit.SECONDS.toNanos(1) / this.perSecond;
	}

	/** How long it takes to fill an empty bucket. */
	Duration untilFull() {
		return Duration.ofNanos(nanosFor(this.burst));
	}

	/** The header {@code RateLimit-Policy}. */
	String policy() {
		return "\"" + this.kind + "\";q=" + this.burst + ";w=" + Math.max(1, untilFull().plusMillis(999).toSeconds());
	}

	/** The header {@code RateLimit}. */
	String state(int left) {
		return "\"" + this.kind + "\";r=" + left + ";t=1";
	}

}
