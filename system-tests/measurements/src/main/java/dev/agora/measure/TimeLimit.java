package dev.agora.measure;

import java.util.concurrent.TimeUnit;

/**
 * The time after which a measurement begins no further round.
 *
 * @param end the time of {@link System#nanoTime()}
 */
record TimeLimit(long end) {

	static TimeLimit ofMinutes(int minutes) {
		return new TimeLimit(System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes));
	}

	/** Whether the time is over, which is printed. */
	boolean isReached() {
		boolean reached = System.nanoTime() > this.end;
		if (reached) {
			System.out.println("The time of --minutes is over: no further round.");
		}
		return reached;
	}

}
