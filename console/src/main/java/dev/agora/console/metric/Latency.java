package dev.agora.console.metric;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The times that timers have measured in an interval.
 *
 * @param interval the length of the interval in seconds
 * @param count the number of measured times
 * @param sum the sum of the times in seconds
 * @param buckets the number of times up to each bound; none without a histogram
 */
public record Latency(double interval, double count, double sum, SortedMap<Double, Double> buckets) {

	private static final double MILLIS = 1000;

	/**
	 * Returns the latency of a process that has measured nothing.
	 * @return no times
	 */
	public static Latency none() {
		return new Latency(0, 0, 0, new TreeMap<>());
	}

	/**
	 * Adds the times of another process, which has the same bounds.
	 * @param other the times of the other process
	 * @return all times
	 */
	public Latency plus(Latency other) {
		TreeMap<Double, Double> all = new TreeMap<>(this.buckets);
		other.buckets.forEach((bound, times) -> all.merge(bound, times, Double::sum));
		return new Latency(Math.max(this.interval, other.interval), this.count + other.count, this.sum + other.sum,
				all);
	}

	/**
	 * Returns the number of times each second.
	 * @return the rate, 0 without an interval
	 */
	public double rate() {
		return (this.interval <= 0) ? 0 : this.count / this.interval;
	}

	/**
	 * Returns the mean time.
	 * @return the time in milliseconds; empty if there was none
	 */
	public OptionalDouble mean() {
		return (this.count <= 0) ? OptionalDouble.empty() : OptionalDouble.of(this.sum / this.count * MILLIS);
	}

	/**
	 * Estimates a quantile as Prometheus does: times are spread evenly in their bucket.
	 * @param quantile the quantile, from 0 to 1
	 * @return the time in milliseconds; empty without times or without a histogram
	 */
	public OptionalDouble quantile(double quantile) {
		double total = this.buckets.isEmpty() ? 0 : this.buckets.getOrDefault(this.buckets.lastKey(), 0.0);
		if (total <= 0) {
			return OptionalDouble.empty();
		}
		double rank = quantile * total;
		double lower = 0;
		double below = 0;
		for (Map.Entry<Double, Double> bucket : this.buckets.entrySet()) {
			if (bucket.getValue() >= rank && bucket.getValue() > below) {
				double upper = bucket.getKey().isInfinite() ? lower : bucket.getKey();
				double share = (rank - below) / (bucket.getValue() - below);
				return OptionalDouble.of((lower + (upper - lower) * share) * MILLIS);
			}
			lower = bucket.getKey();
			below = bucket.getValue();
		}
		return OptionalDouble.of(lower * MILLIS);
	}

}
