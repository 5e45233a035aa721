package dev.agora.platform.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Writes one log line of each kind in an interval and counts the others, so that a
 * failure that repeats thousands of times a second is visible and does not fill the disk.
 */
public final class LogThrottle {

	private final long interval;

	private final LongSupplier ticker;

	private final Map<String, Window> windows = new ConcurrentHashMap<>();

	/**
	 * Creates a throttle.
	 * @param interval the minimum time between two lines of one kind
	 */
	public LogThrottle(Duration interval) {
		this(interval, System::nanoTime);
	}

	LogThrottle(Duration interval, LongSupplier ticker) {
		this.interval = interval.toNanos();
		this.ticker = ticker;
	}

	/**
	 * Writes a line, unless one of its kind was written within the interval.
	 * @param kind the kind of the line, one of a small number
	 * @param line writes the line; receives the number of lines that were suppressed
	 * since the last one
	 */
	public void log(String kind, LongConsumer line) {
		long now = this.ticker.getAsLong();
		Window window = this.windows.compute(kind, (key, previous) -> next(previous, now));
		if (window.suppressed() == 0) {
			line.accept(window.suppressedBefore());
		}
	}

	private Window next(@Nullable Window previous, long now) {
		if (previous == null) {
			return new Window(now, 0, 0);
		}
		return (now - previous.start() < this.interval)
				? new Window(previous.start(), previous.suppressed() + 1, previous.suppressedBefore())
				: new Window(now, 0, previous.suppressed());
	}

	/**
	 * The interval that a written line starts.
	 *
	 * @param start the time of the line
	 * @param suppressed the number of lines that were suppressed since
	 * @param suppressedBefore the number of lines that were suppressed before the line
	 */
	private record Window(long start, long suppressed, long suppressedBefore) {
	}

}
