package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures some requests in turn, so that a drift of the machine affects all of them.
 *
 * @param routes the measured requests
 * @param rounds how often each is measured
 * @param seconds the duration of each measurement
 */
record GrowthPasses(List<GrowthRoute> routes, int rounds, int seconds) {

	/**
	 * Loads all routes until their cost no longer changes.
	 * @param most the maximum number of rounds
	 * @param settled the part by which the costs of two rounds may differ
	 */
	void warmUp(GrowthProbe probe, int most, double settled) throws IOException, InterruptedException {
		double before = 0;
		for (int number = 0; number < most; number++) {
			double sum = 0;
			for (GrowthRoute route : this.routes) {
				sum += probe.measure(route, this.seconds).micros();
			}
			System.out.printf("warming: %.0f µs of CPU for one of each request%n", sum);
			if (Math.abs(sum - before) < settled * before) {
				return;
			}
			before = sum;
		}
	}

	/** Returns the median cost of a request of each route, by its name. */
	Map<String, CpuCost> measure(GrowthProbe probe) throws IOException, InterruptedException {
		Map<String, List<CpuCost>> measured = new LinkedHashMap<>();
		for (int round = 0; round < this.rounds; round++) {
			for (GrowthRoute route : this.routes) {
				measured.computeIfAbsent(route.name(), (name) -> new ArrayList<>())
					.add(probe.measure(route, this.seconds));
			}
		}
		Map<String, CpuCost> medians = new LinkedHashMap<>();
		measured.forEach((route, costs) -> medians.put(route, CpuCost
			.ofMicros(CpuCost.median(costs, CpuCost::serviceMicros), CpuCost.median(costs, CpuCost::storeMicros))));
		return medians;
	}

}
