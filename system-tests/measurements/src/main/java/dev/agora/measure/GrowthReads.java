package dev.agora.measure;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the reads of the graph in worlds of growing size. */
final class GrowthReads {

	private static final List<GrowthRoute> READS = GrowthRoute.ALL.stream()
		.filter((route) -> !route.isWrite())
		.toList();

	private final Experiment.Run run;

	private final GrowthWorld world;

	private final GrowthPasses passes;

	GrowthReads(Experiment.Run run, GrowthWorld world) {
		this.run = run;
		this.world = world;
		this.passes = new GrowthPasses(READS, run.quick() ? 1 : 5, run.quick() ? 1 : 3);
	}

	/** Lets the world grow, and returns the cost of each read by its name. */
	Map<String, CpuCost> measure(int size) throws IOException, InterruptedException {
		this.world.growTo(size);
		GrowthProbe probe = this.world.probe();
		probe.calibrate(this.run.quick() ? 3 : 20);
		this.passes.warmUp(probe, this.run.quick() ? 6 : 8, this.run.quick() ? 0.1 : 0.03);
		return this.run.planted() ? measureScans(probe) : this.passes.measure(probe);
	}

	private Map<String, CpuCost> measureScans(GrowthProbe probe) throws IOException, InterruptedException {
		Redis redis = new Redis(this.run.system().instances("redis").values().iterator().next());
		Map<String, CpuCost> costs = new LinkedHashMap<>();
		// An import into the next world would scan it for each follow.
		try (DroppedIndexes dropped = new DroppedIndexes(this.run.system())) {
			System.out.println("Dropped for the time of the measurement: " + dropped.names());
			for (GrowthRoute read : READS) {
				// The first time, the code of a scan is not compiled yet.
				probe.measureUncached(read, redis);
				costs.put(read.name(), probe.measureUncached(read, redis));
			}
		}
		return costs;
	}

}
