package dev.agora.console.metric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** The values of all series of a process at one time. */
public final class Reading {

	private final SeriesIndex index;

	private final long at;

	private final Map<Series, Double> values = new HashMap<>();

	private Reading(SeriesIndex index, long at) {
		this.index = index;
		this.at = at;
	}

	/**
	 * Parses Prometheus' text format. A malformed line is ignored, so that it hides no
	 * other metric.
	 * @param text the response of a process
	 * @param index the series of that process
	 * @param at the time of the reading in nanoseconds
	 * @return the values
	 */
	public static Reading parse(String text, SeriesIndex index, long at) {
		Reading reading = new Reading(index, at);
		text.lines().filter((line) -> !line.isBlank() && line.charAt(0) != '#').forEach(reading::add);
		return reading;
	}

	private void add(String line) {
		int end = SeriesParser.endIn(line);
		if (end <= 0) {
			return;
		}
		String[] rest = line.substring(end).strip().split("\\s+", 2);
		OptionalDouble value = number(rest[0]);
		if (value.isPresent()) {
			this.index.find(line.substring(0, end)).ifPresent((series) -> this.values.put(series, value.getAsDouble()));
		}
	}

	/** Parses a value or the bound of a bucket. */
	static OptionalDouble number(String text) {
		try {
			return OptionalDouble.of(switch (text) {
				case "+Inf" -> Double.POSITIVE_INFINITY;
				case "-Inf" -> Double.NEGATIVE_INFINITY;
				default -> Double.parseDouble(text);
			});
		}
		catch (NumberFormatException ex) {
			return OptionalDouble.empty();
		}
	}

	/**
	 * Returns the series of a metric.
	 * @param name the name of the metric
	 * @return the series that have a value in this reading
	 */
	public List<Series> named(String name) {
		return this.index.named(name).stream().filter(this.values::containsKey).toList();
	}

	/**
	 * Adds up the finite values of a gauge.
	 * @param name the name of the metric
	 * @param which chooses the series
	 * @return the sum; empty if there is none
	 */
	public OptionalDouble sum(String name, Predicate<Series> which) {
		double[] finite = finite(name, which);
		return (finite.length == 0) ? OptionalDouble.empty() : OptionalDouble.of(Arrays.stream(finite).sum());
	}

	/**
	 * Finds the largest finite value of a gauge.
	 * @param name the name of the metric
	 * @return the largest value; empty if there is none
	 */
	public OptionalDouble max(String name) {
		return Arrays.stream(finite(name, (any) -> true)).max();
	}

	private double[] finite(String name, Predicate<Series> which) {
		return named(name).stream().filter(which).mapToDouble(this::value).filter(Double::isFinite).toArray();
	}

	double value(Series series) {
		return this.values.getOrDefault(series, Double.NaN);
	}

	boolean has(Series series) {
		return this.values.containsKey(series);
	}

	/**
	 * Whether this reading is later than another by more than a time.
	 * @param other the other reading
	 * @param nanos the time in nanoseconds
	 * @return whether it is
	 */
	public boolean isLaterThan(Reading other, long nanos) {
		return this.at - other.at > nanos;
	}

	long at() {
		return this.at;
	}

}
