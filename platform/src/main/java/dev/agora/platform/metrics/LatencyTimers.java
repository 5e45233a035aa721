package dev.agora.platform.metrics;

import java.time.Duration;
import java.util.stream.DoubleStream;

import io.micrometer.core.instrument.Timer;

/**
 * Creates timers whose histograms have a few chosen buckets. The objectives of requests
 * and events are bounds of buckets, so that no objective is interpolated, and every
 * instance has the same buckets, so that they can be added up.
 */
public final class LatencyTimers {

	private static final Duration[] REQUESTS = seconds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);

	private static final Duration[] EVENTS = seconds(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300);

	private LatencyTimers() {
	}

	/** Creates a timer of requests, which take up to their deadline of some seconds. */
	public static Timer.Builder ofRequests(String name) {
		return Timer.builder(name).serviceLevelObjectives(REQUESTS);
	}

	/**
	 * Creates a timer of the way of an event, which takes minutes while a broker is
	 * unavailable.
	 */
	public static Timer.Builder ofEvents(String name) {
		return Timer.builder(name).serviceLevelObjectives(EVENTS);
	}

	private static Duration[] seconds(double... bounds) {
		return DoubleStream.of(bounds)
			.mapToObj((seconds) -> Duration.ofNanos(Math.round(seconds * 1_000_000_000)))
			.toArray(Duration[]::new);
	}

}
