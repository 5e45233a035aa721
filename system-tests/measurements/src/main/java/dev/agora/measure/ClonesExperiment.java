package dev.agora.measure;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;

/** Shows that throughput grows in proportion to the instances of a service. */
final class ClonesExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("clones",
			"Four instances with equal CPU quotas, beside what each needs without requests, do at least 95 % of four times "
					+ "the work of one.",
			"Throughput of four instances below 0.95 of four times that of one, for a cached product, a session check, "
					+ "a feed page or a post.",
			"the instances of a service share the quota of one, as if a global lock let one work at a time",
			new Claim.Effort("an hour", "twelve minutes", "root and control groups, for the CPU quotas"));

	private static final int INSTANCES = 4;

	@Override
	public Claim claim() {
		return CLAIM;
	}

	/** Topics have as many partitions for each of four instances as for three. */
	@Override
	public Map<String, String> environment() {
		return Map.of("AGORA_KAFKA_PARTITIONS", "12");
	}

	@Override
	public String reading() {
		return "The first chart has the throughput of two to four instances over that of one, for each operation; the grey "
				+ "line is growth in proportion. A line that bends below it shows something that the instances share. The "
				+ "bars show where the CPU time of 1,000 operations is spent: if they are equally high for each number of "
				+ "instances, an operation costs the same, and the part of a store or of the gateway tells which of them "
				+ "would be the limit of many more instances. The table has the points that count, those in which the "
				+ "quotas of the instances were the limit, and why the others do not.";
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		Quota.require();
		try (Children children = run.children()) {
			// Refused requests would hide how much the instances can serve.
			SwitchedGateway gateway = new SwitchedGateway(children, run.system(), CloneLoads.SERVICES,
					Map.of("GATEWAY_SHED_MIN", "256"));
			try (CloneLoads loads = new CloneLoads(run.system(), gateway.url())) {
				return new CloneReport(run.quick() ? 2 : 1, run.planted()).findings(measure(run, loads, gateway));
			}
		}
	}

	/**
	 * The other instances of a service run while it is measured only, so that the machine
	 * has the memory and the time to start them.
	 */
	private static Map<String, List<ClonePoint>> measure(Run run, CloneLoads loads, SwitchedGateway gateway)
			throws IOException, InterruptedException {
		Map<String, List<ClonePoint>> points = new LinkedHashMap<>();
		CloneSeries series = new CloneSeries(run, gateway.process());
		for (String service : CloneLoads.SERVICES) {
			try (AddedInstances added = new AddedInstances(run.system(), service, INSTANCES);
					CloneGroup group = new CloneGroup(added.system(), service, gateway, run.planted())) {
				for (CloneLoad load : loads.on(group)) {
					points.put(load.name(), series.measure(load, run.quick() ? List.of(1, 2, 4) : List.of(1, 2, 3, 4),
							run.quick() ? 1 : 6));
				}
				gateway.use(service, run.system().instances(service).values());
			}
		}
		return points;
	}

}
