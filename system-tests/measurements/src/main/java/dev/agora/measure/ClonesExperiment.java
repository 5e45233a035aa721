package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;

/** Shows that throughput grows in proportion to the instances of a service. */
final class ClonesExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("clones",
			"Four instances with equal CPU quotas do at least 95 % of four times the work of one.",
			"Throughput of four instances below 0.95 of four times that of one, for a cached product, a session check, "
					+ "a feed page or a post.",
			"all instances of a service share the quota of one, as if a global lock let one work at a time",
			new Claim.Effort("half an hour", "four minutes", "root and control groups, for the CPU quotas"));

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public List<String> options() {
		List<String> options = new ArrayList<>(List.of("--optimize"));
		CloneLoads.SERVICES.forEach((service) -> options.addAll(List.of("--clones", service + "=4")));
		return options;
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		Quota.require();
		try (Children children = new Children(Files.createTempDirectory("agora-show"))) {
			// Refused requests would hide how much the instances can serve.
			SwitchedGateway gateway = new SwitchedGateway(children, run.system(), CloneLoads.SERVICES,
					Map.of("GATEWAY_SHED_MIN", "256"));
			try (CloneLoads loads = new CloneLoads(run.system(), gateway.url())) {
				return new CloneReport(run.quick() ? 2 : 1).findings(measure(run, loads, gateway));
			}
		}
	}

	private static Map<String, List<ClonePoint>> measure(Run run, CloneLoads loads, SwitchedGateway gateway)
			throws IOException, InterruptedException {
		Map<String, CloneGroup> groups = new LinkedHashMap<>();
		try {
			for (String service : CloneLoads.SERVICES) {
				groups.put(service, new CloneGroup(run.system(), service, gateway, run.planted()));
			}
			Map<String, List<ClonePoint>> points = new LinkedHashMap<>();
			CloneSeries series = new CloneSeries(run, gateway.process());
			for (CloneLoad load : loads.on(groups)) {
				points.put(load.name(), series.measure(load, run.quick() ? List.of(1, 2, 4) : List.of(1, 2, 3, 4),
						run.quick() ? 1 : 6));
			}
			return points;
		}
		finally {
			for (CloneGroup group : groups.values()) {
				group.close();
			}
		}
	}

}
