package dev.agora.measure;

import java.io.IOException;

/**
 * Repeats a measurement until its cost no longer changes, since a JVM compiles code while
 * it first runs.
 */
final class SteadyCost {

	private static final int MAX_WINDOWS = 12;

	private static final double SETTLED = 0.03;

	private static final int QUICK_WINDOWS = 5;

	private static final double QUICK_SETTLED = 0.1;

	private SteadyCost() {
	}

	/**
	 * Measures until one cost differs from that before by less than 3 %, or by less than
	 * 10 % in the quick form.
	 */
	static void await(Experiment.Run run, String name, Pairs.Measurement<CpuCost> measurement)
			throws IOException, InterruptedException {
		double before = 0;
		for (int window = 0; window < (run.quick() ? QUICK_WINDOWS : MAX_WINDOWS); window++) {
			double cost = measurement.run().micros();
			System.out.printf("warming %s: %.0f µs of CPU an operation%n", name, cost);
			if (Math.abs(cost - before) < (run.quick() ? QUICK_SETTLED : SETTLED) * before) {
				return;
			}
			before = cost;
		}
		System.out.println(name + " did not settle, probably because other processes use the machine.");
	}

}
