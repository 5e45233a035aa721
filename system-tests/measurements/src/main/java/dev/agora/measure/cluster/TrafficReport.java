package dev.agora.measure.cluster;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts the requests of a load, and prints them as lines of {@code name=number}. */
final class TrafficReport {

	private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(1);

	private static final int SIGNIFICANT_DIGITS = 3;

	/**
	 * The time for which an instance counts as serving after a response. At a low rate, a
	 * gateway sends no request to an instance that is still slow for several seconds.
	 */
	private static final long SERVING_NANOS = TimeUnit.SECONDS.toNanos(30);

	private final LongAdder sent = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final Recorder recorder = new Recorder(MAX_MICROS, SIGNIFICANT_DIGITS);

	private final Histogram total = new Histogram(MAX_MICROS, SIGNIFICANT_DIGITS);

	/** The time of the last response of each instance. */
	private final Map<String, Long> lastResponses = new ConcurrentHashMap<>();

	void sent() {
		this.sent.increment();
	}

	/**
	 * Counts a successful request.
	 * @param servedBy the instance that has responded
	 * @param nanos the time since the request was due
	 */
	void succeeded(String servedBy, long nanos) {
		this.recorder.recordValue(Math.max(1, Math.min(MAX_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos))));
		this.lastResponses.put(servedBy, System.nanoTime());
	}

	/** Counts a failed request, and prints its reason. */
	void failed(RequestKind kind, String reason) {
		this.failed.increment();
		System.out.println("failure " + time() + " " + kind + " " + reason);
	}

	/**
	 * Returns the counts since the start, the latencies in milliseconds since the last
	 * line, and the number of serving instances.
	 */
	synchronized String line() {
		Histogram window = this.recorder.getIntervalHistogram();
		this.total.add(window);
		long since = System.nanoTime() - SERVING_NANOS;
		this.lastResponses.values().removeIf((last) -> last - since < 0);
		return "load " + time() + figures(window) + " instances=" + this.lastResponses.size();
	}

	/** Returns the counts and latencies since the start. */
	synchronized String sum() {
		this.total.add(this.recorder.getIntervalHistogram());
		return "sum " + time() + figures(this.total);
	}

	private String figures(Histogram latencies) {
		return String.format(Locale.ROOT, " requests=%d failed=%d succeeded=%d p50=%.1f p99=%.1f max=%.1f",
				this.sent.sum(), this.failed.sum(), latencies.getTotalCount(), millis(latencies, 50),
				millis(latencies, 99), millis(latencies, 100));
	}

	private static double millis(Histogram latencies, double percentile) {
		return latencies.getValueAtPercentile(percentile) / 1000.0;
	}

	private static Instant time() {
		return Instant.now().truncatedTo(ChronoUnit.MILLIS);
	}

}
