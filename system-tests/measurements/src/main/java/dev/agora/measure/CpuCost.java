package dev.agora.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import dev.agora.measure.experiment.Chart;

/**
 * The CPU time of some operations.
 *
 * @param operations their number
 * @param service the CPU time of the service in seconds
 * @param stores the CPU time of the stores in seconds
 */
record CpuCost(long operations, double service, double stores) {

	/** Creates the cost of one operation from the CPU times in microseconds. */
	static CpuCost ofMicros(double service, double stores) {
		return new CpuCost(1, service / 1e6, stores / 1e6);
	}

	/** Returns the CPU time of the service for one operation in microseconds. */
	double serviceMicros() {
		return this.service / this.operations * 1e6;
	}

	/** Returns the CPU time of the stores for one operation in microseconds. */
	double storeMicros() {
		return this.stores / this.operations * 1e6;
	}

	/** Returns the CPU time for one operation in microseconds. */
	double micros() {
		return serviceMicros() + storeMicros();
	}

	/** Returns the cost of these operations and of others. */
	CpuCost plus(CpuCost other) {
		return new CpuCost(this.operations + other.operations, this.service + other.service,
				this.stores + other.stores);
	}

	/** Returns the median of a figure. */
	static double median(List<CpuCost> costs, ToDoubleFunction<CpuCost> figure) {
		return Ratios.median(costs.stream().map(figure::applyAsDouble).toList());
	}

	/** Returns a line of the costs of the pairs in which they were measured. */
	static Chart.Line line(String name, List<CpuCost> costs) {
		return Chart.Line.inTurn(name, costs, CpuCost::micros);
	}

	/** Returns the costs of one side, divided by those of the other, pair by pair. */
	static Ratios ratios(List<CpuCost> above, List<CpuCost> below) {
		return new Ratios(IntStream.range(0, above.size())
			.mapToObj((pair) -> above.get(pair).micros() / below.get(pair).micros())
			.toList());
	}

}
