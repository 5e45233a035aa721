package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures the reads of the graph in worlds of growing size. */
final class GrowthReads {

	private static final List<GrowthRoute> READS = GrowthRoute.ALL.stream()
		.filter((route) -> !route.isWrite())
		.toList();

	private final Experiment.Run run;

	private final GrowthWorld world;

	private boolean isWarm;

	GrowthReads(Experiment.Run run, GrowthWorld world) {
		this.run = run;
		this.world = world;
	}

	/** Lets the world grow, and returns the cost of each read by its name. */
	Map<String, CpuCost> measure(int size) throws IOException, InterruptedException {
		this.world.growTo(size);
		if (this.run.planted()) {
			new GraphIndexes(this.run.system()).drop();
		}
		GrowthProbe probe = this.world.probe();
		probe.calibrate(this.run.quick() ? 3 : 20);
		warmUp(probe);
		Map<String, List<CpuCost>> costs = new HashMap<>();
		int blocks = this.run.quick() ? 3 : 7;
		for (int block = 0; block < blocks; block++) {
			for (GrowthRoute read : READS) {
				costs.computeIfAbsent(read.name(), (first) -> new ArrayList<>()).add(measure(probe, read));
			}
		}
		Map<String, CpuCost> medians = new HashMap<>();
		costs.forEach((name, blocksOfRead) -> medians.put(name, median(blocksOfRead)));
		System.out.printf("%d members: %s%n", size, medians);
		return medians;
	}

	private CpuCost measure(GrowthProbe probe, GrowthRoute read) throws IOException {
		if (!this.run.planted()) {
			return probe.measureRead(read, this.run.quick() ? 15 : 100);
		}
		new Redis(this.run.system().instances("redis").values().iterator().next()).flush();
		return probe.measureRead(read, 1);
	}

	/**
	 * The first world is read until the code is compiled, since later ones find it so.
	 */
	private void warmUp(GrowthProbe probe) throws IOException, InterruptedException {
		if (!this.isWarm) {
			SteadyCost.await(this.run, "all reads", () -> readAll(probe));
		}
		this.isWarm = true;
	}

	private CpuCost readAll(GrowthProbe probe) throws IOException {
		CpuCost all = new CpuCost(0, 0, 0);
		for (GrowthRoute read : READS) {
			all = all.plus(probe.measureRead(read, this.run.quick() ? 30 : 150));
		}
		return all;
	}

	private static CpuCost median(List<CpuCost> costs) {
		long operations = costs.get(0).operations();
		return new CpuCost(operations, CpuCost.median(costs, CpuCost::service), CpuCost.median(costs, CpuCost::stores));
	}

}
