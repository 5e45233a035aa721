package dev.agora.launcher.process.supervision;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a store that has ended on its own is started again, and after which
 * pause. The pause doubles with each end in a row. A run of five minutes ends the row.
 */
final class RestartPolicy {

	/** Starts in a row, about a quarter of an hour in all. */
	static final int ATTEMPTS = 20;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	private static final Duration STABLE = Duration.ofMinutes(5);

	private int ends;

	private int lastStatus;

	/**
	 * A run has ended on its own.
	 * @param status its exit status
	 * @param length how long it ran
	 * @return the pause before the next start, empty if there were too many
	 */
	synchronized Optional<Duration> ended(int status, Duration length) {
		this.ends = (length.compareTo(STABLE) < 0) ? this.ends + 1 : 1;
		this.lastStatus = status;
		if (this.ends > ATTEMPTS) {
			return Optional.empty();
		}
		Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(this.ends - 1, 6));
		return Optional.of((pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE);
	}

	/** The user has stopped or started the store. */
	synchronized void reset() {
		this.ends = 0;
	}

	/** What a status shows of it, null if the store did not end on its own. */
	synchronized @Nullable String note() {
		if (this.ends == 0) {
			return null;
		}
		String next = (this.ends > ATTEMPTS) ? "it is not started again" : "the launcher starts it again";
		String times = (this.ends == 1) ? "once" : this.ends + " times in a row";
		return "ended on its own " + times + ", with status " + this.lastStatus + "; " + next + ".";
	}

}
