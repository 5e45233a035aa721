package dev.agora.measure;

import java.io.IOException;

/**
 * Repeats a load until its throughput no longer rises: under a quota, a JVM compiles its
 * code slowly.
 */
final class SteadyRate {

	private static final double SETTLED = 0.05;

	private SteadyRate() {
	}

	/**
	 * Measures until one rate differs from that before by less than 5 %.
	 * @param unit the unit of the rate
	 * @param windows the maximum number of measurements after the first one
	 */
	static void await(String unit, int windows, Pairs.Measurement<Double> measurement)
			throws IOException, InterruptedException {
		double before = measurement.run();
		for (int window = 0; window < windows; window++) {
			double last = measurement.run();
			System.out.printf("warming: %.0f %s%n", last, unit);
			if (Math.abs(last / before - 1) < SETTLED) {
				return;
			}
			before = last;
		}
	}

}
