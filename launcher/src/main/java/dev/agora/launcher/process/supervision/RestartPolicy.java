package dev.agora.launcher.process.supervision;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a store that has ended unexpectedly is restarted, and after which
 * delay. The delay doubles with each further end, and a run of five minutes resets it.
 */
final class RestartPolicy {

	/** The maximum number of restarts in a row, which take about a quarter of an hour. */
	static final int ATTEMPTS = 20;

	private static final Duration INITIAL_DELAY = Duration.ofSeconds(1);

	private static final Duration MAX_DELAY = Duration.ofMinutes(1);

	private static final Duration STABLE_RUN = Duration.ofMinutes(5);

	private int ends;

	private int lastStatus;

	/**
	 * Counts an unexpected end and returns the delay before the restart.
	 * @param status the exit status
	 * @param uptime how long the process ran
	 * @return the delay, empty if the store was restarted too often
	 */
	synchronized Optional<Duration> nextDelay(int status, Duration uptime) {
		this.ends = (uptime.compareTo(STABLE_RUN) < 0) ? this.ends + 1 : 1;
		this.lastStatus = status;
		if (this.ends > ATTEMPTS) {
			return Optional.empty();
		}
		Duration delay = INITIAL_DELAY.multipliedBy(1L << Math.min(this.ends - 1, 6));
		return Optional.of((delay.compareTo(MAX_DELAY) < 0) ? delay : MAX_DELAY);
	}

	/** Resets the number of ends, since the user has stopped or started the store. */
	synchronized void reset() {
		this.ends = 0;
	}

	/** Describes the ends for {@code ./agora status}, null if there were none. */
	synchronized @Nullable String note() {
		if (this.ends == 0) {
			return null;
		}
		String next = (this.ends > ATTEMPTS) ? "the launcher does not restart it" : "the launcher restarts it";
		String times = (this.ends == 1) ? "once" : this.ends + " times in a row";
		return "has ended unexpectedly " + times + ", the last time with status " + this.lastStatus + "; " + next + ".";
	}

}
