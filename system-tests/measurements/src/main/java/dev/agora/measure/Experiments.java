package dev.agora.measure;

import java.util.List;

/** The experiments that can be shown. */
final class Experiments {

	static final List<Experiment> ALL = List.of( //
			new BakeExperiment(), //
			new CacheExperiment(), //
			new CapExperiment(), //
			new ClonesExperiment(), //
			new GrowthExperiment(), //
			new LatencyExperiment(), //
			new PushPullExperiment(), //
			new QueueExperiment(), //
			new RedundancyExperiment(), //
			new StampedeExperiment(), //
			new UnequalExperiment());

	private Experiments() {
	}

	/** Returns an experiment by its name. */
	static Experiment named(String name) {
		return ALL.stream()
			.filter((experiment) -> experiment.claim().name().equals(name))
			.findFirst()
			.orElseThrow(() -> new Problem("There is no experiment " + name + ": " + names()));
	}

	static List<String> names() {
		return ALL.stream().map((experiment) -> experiment.claim().name()).toList();
	}

}
