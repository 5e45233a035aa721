package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures all sides twice a round, forwards and backwards, so that a drift of the
 * machine affects all of them. A pass does not count if other processes were busy.
 *
 * @param rounds the number of rounds
 * @param seconds the duration of the measurement of one side
 * @param anyLoad whether passes count during which other processes were busy
 */
record Passes(int rounds, int seconds, boolean anyLoad) {

	private static final double FOREIGN_CORES = 0.5;

	/**
	 * Measures sides.
	 * @param upstream the process that all sides call
	 * @return the passes that count, at least one
	 */
	List<Pass> measure(List<Side> sides, long upstream) throws IOException, InterruptedException {
		List<Pass> passes = new ArrayList<>();
		List<Side> order = new ArrayList<>(sides);
		for (int number = 1; number <= 2 * this.rounds; number++) {
			Pass pass = measureOnce(order, upstream);
			boolean isCounted = this.anyLoad || pass.isQuiet(FOREIGN_CORES);
			System.out.printf("pass %d of %d%s%n", number, 2 * this.rounds,
					isCounted ? "" : ": dropped, other processes were busy");
			if (isCounted) {
				passes.add(pass);
			}
			Collections.reverse(order);
		}
		if (passes.isEmpty()) {
			throw new Problem(
					"Other processes were busy during every pass. Repeat the measurement on an idle machine.");
		}
		return passes;
	}

	private Pass measureOnce(List<Side> order, long upstream) throws IOException, InterruptedException {
		Map<String, Sample> samples = new LinkedHashMap<>();
		for (Side side : order) {
			samples.put(side.name(), Wrk.load(side, upstream, this.seconds));
		}
		return new Pass(samples);
	}

}
