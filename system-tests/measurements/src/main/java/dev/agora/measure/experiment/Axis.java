package dev.agora.measure.experiment;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An axis of a chart.
 *
 * @param start the value at its start; for a logarithmic axis, the exponent of ten
 * @param end the value at its end; for a logarithmic axis, the exponent of ten
 * @param logarithmic whether equal distances are equal factors
 */
record Axis(double start, double end, boolean logarithmic) {

	private static final int STEPS = 4;

	private static final List<Double> ROUND = List.of(1.0, 2.0, 2.5, 5.0);

	/** Returns an axis from 0, whose end is rounded up so that its labels are round. */
	static Axis linear(Stream<Double> values) {
		double highest = values.mapToDouble(Double::doubleValue).max().orElse(1);
		double step = ((highest > 0) ? highest : 1) / STEPS;
		double unit = Math.pow(10, Math.floor(Math.log10(step)));
		return new Axis(0,
				STEPS * unit * ROUND.stream().filter((factor) -> factor * unit >= step).findFirst().orElse(10.0),
				false);
	}

	/** Returns an axis from the power of ten below all values to that above them. */
	static Axis logarithmic(List<Double> values) {
		double lowest = Math.floor(Math.log10(values.stream().mapToDouble(Double::doubleValue).min().orElse(1)));
		double highest = Math.ceil(Math.log10(values.stream().mapToDouble(Double::doubleValue).max().orElse(1)));
		return new Axis(lowest, Math.max(highest, lowest + 1), true);
	}

	/** Returns the place of a value, from 0 to 1. */
	double place(double value) {
		double scaled = this.logarithmic ? Math.log10(value) : value;
		return (scaled - this.start) / (this.end - this.start);
	}

	/** Returns the labelled values. */
	List<Double> ticks() {
		return this.logarithmic ? IntStream.rangeClosed((int) this.start, (int) this.end)
			.mapToObj((power) -> Math.pow(10, power))
			.toList() : IntStream.rangeClosed(0, STEPS).mapToObj((step) -> step * this.end / STEPS).toList();
	}

}
