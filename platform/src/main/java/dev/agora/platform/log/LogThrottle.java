package dev.agora.platform.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Writes one line of each kind in an interval and counts the others, so that a failure
 * that repeats thousands of times a second is seen and does not fill the disk.
 */
public final class LogThrottle {

	private final long interval;

	private final LongSupplier ticker;

	private final Map<String, Window> windows = new ConcurrentHashMap<>();

	/**
	 * Creates a throttle.
	 * @param interval the shortest time between two lines of one kind
	 */
	public LogThrottle(Duration interval) {
		this(interval, System::nanoTime);
	}

	LogThrottle(Duration interval, LongSupplier ticker) {
		this.interval = interval.toNanos();
		this.ticker = ticker;
	}

	/**
	 * Writes the line, unless one of its kind was written within the interval.
	 * @param kind what is written about; there are few kinds
	 * @param line writes the line; receives how many were left out since the last one
	 */
	public void log(String kind, LongConsumer line) {
		long now = this.ticker.getAsLong();
		Window window = this.windows.compute(kind, (same, before) -> next(before, now));
		if (window.leftOut() == 0) {
			line.accept(window.leftOutBefore());
		}
	}

	private Window next(@Nullable Window before, long now) {
		if (before == null) {
			return new Window(now, 0, 0);
		}
		return (now - before.start() < this.interval)
				? new Window(before.start(), before.leftOut() + 1, before.leftOutBefore())
				: new Window(now, 0, before.leftOut());
	}

	/**
	 * The time since the last line.
	 *
	 * @param start when the line was written
	 * @param leftOut how many lines were left out since
	 * @param leftOutBefore how many were left out between that line and the one before
	 */
	private record Window(long start, long leftOut, long leftOutBefore) {
	}

}
