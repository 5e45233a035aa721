package dev.agora.console.view;

import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;

import dev.agora.console.metric.Latency;

/**
 * The calls on a connection or to an instance. Times are in milliseconds.
 *
 * @param rate the calls per second
 * @param p50 the median, null if it is unknown
 * @param p99 the 99th percentile, null if it is unknown
 * @param mean the mean, null without calls
 * @param errors the failed calls per second
 */
public record Traffic(double rate, @Nullable Double p50, @Nullable Double p99, @Nullable Double mean, double errors) {

	private static final double MEDIAN = 0.5;

	private static final double HIGH = 0.99;

	static Traffic of(Latency all, Latency failed) {
		return new Traffic(rounded(all.rate()), boxed(all.quantile(MEDIAN)), boxed(all.quantile(HIGH)),
				boxed(all.mean()), rounded(failed.rate()));
	}

	private static @Nullable Double boxed(OptionalDouble millis) {
		return millis.isPresent() ? rounded(millis.getAsDouble()) : null;
	}

	/** Three digits after the point suffice, and keep the views small. */
	static double rounded(double value) {
		return Math.round(value * 1000) / 1000.0;
	}

}
