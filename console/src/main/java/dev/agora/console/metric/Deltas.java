package dev.agora.console.metric;

import java.util.TreeMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** The changes of a process between two readings. */
public final class Deltas {

	/** The changes of a process that was not read. */
	public static final Deltas NONE = new Deltas(null, Reading.parse("", new SeriesIndex(), 0));

	private static final double NANOS = 1e9;

	private final @Nullable Reading before;

	private final Reading after;

	/**
	 * Compares two readings of the same run of a process.
	 * @param before the earlier reading; with null nothing is known to have happened
	 * @param after the later reading
	 */
	public Deltas(@Nullable Reading before, Reading after) {
		this.before = before;
		this.after = after;
	}

	/**
	 * Returns the later reading.
	 * @return the reading
	 */
	public Reading now() {
		return this.after;
	}

	private double seconds() {
		return (this.before == null) ? 0 : (this.after.at() - this.before.at()) / NANOS;
	}

	/**
	 * Returns the increases of a counter each second.
	 * @param name the name of the counter
	 * @param which chooses the series
	 * @return the sum over the series, 0 if nothing is known
	 */
	public double rate(String name, Predicate<Series> which) {
		double seconds = seconds();
		return (seconds <= 0) ? 0 : increase(name, which) / seconds;
	}

	/**
	 * Returns what a timer has measured.
	 * @param name the name of the timer without a suffix
	 * @param which chooses the series
	 * @return the number and the distribution of the measured times
	 */
	public Latency latency(String name, Predicate<Series> which) {
		TreeMap<Double, Double> buckets = new TreeMap<>();
		for (Series bucket : this.after.named(name + "_bucket")) {
			if (which.test(bucket)) {
				Reading.number(bucket.tag("le"))
					.ifPresent((bound) -> buckets.merge(bound, increase(bucket), Double::sum));
			}
		}
		return new Latency(seconds(), increase(name + "_count", which), increase(name + "_sum", which), buckets);
	}

	private double increase(String name, Predicate<Series> which) {
		return this.after.named(name).stream().filter(which).mapToDouble(this::increase).sum();
	}

	/**
	 * A series that is new began at zero, and a counter that is lower than before has
	 * begun at zero again.
	 */
	private double increase(Series series) {
		if (this.before == null) {
			return 0;
		}
		double value = this.after.value(series);
		double increase = this.before.has(series) && value >= this.before.value(series)
				? value - this.before.value(series) : value;
		return Double.isFinite(increase) ? increase : 0;
	}

}
