package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;

/** Shows that the load balancer sends each instance what it can serve. */
final class UnequalExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("unequal",
			"If one of three instances is slowed to a third, the load balancer sends it less, so that no request fails and "
					+ "the slowest ones take at most half as long as in turn.",
			"A share of the slow instance above 20 %, a request that fails, or a p99 above half of that of round robin, at "
					+ "half of the capacity.",
			"the load balancer sends requests to the instances in turn",
			new Claim.Effort("thirteen minutes", "four minutes", "root and control groups, for the CPU quotas"));

	private static final String SERVICE = "product-service";

	/**
	 * The quota of the two fast instances, in cores: so little that the instances are the
	 * limit and not the machine. A third of it is the least that the kernel accepts.
	 */
	private static final double QUOTA = 0.15;

	/** Reads from the store cost the service more than the gateway. */
	private static final Map<String, String> STORED = Map.of("Consistency", "strong");

	/** The start and the end of a load are in the interval, too. */
	private static final double THROTTLED = 0.85;

	private static final double SLOWED = 1.0 / 3;

	private static final int MAX_WINDOWS = 12;

	private static final int QUICK_WINDOWS = 6;

	private static final int CONNECTIONS = 24;

	/** The services have the paths without it. */
	private static final String PREFIX = "/api/v1";

	private final ApiRequests requests = new ApiRequests();

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public List<String> options() {
		return List.of("--optimize", "--no-console", "--clones", SERVICE + "=3");
	}

	@Override
	public String reading() {
		return "Three instances serve reads that arrive on a schedule, at half of what they can serve together; the last "
				+ "one has a third of the quota of the others. The first chart has the share of the requests that each of "
				+ "them serves, by load and in turn: in turn, each gets a third; by load, the slow one should get about a "
				+ "seventh, as much as it has of the capacity. The second chart has the 99th percentile of the latency: the "
				+ "higher bar is the time that requests wait at the slow instance.";
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		Quota.require();
		try (Children children = run.children()) {
			SwitchedGateway byLoad = gateway(children, run, run.planted() ? "round-robin" : "load");
			SwitchedGateway inTurn = gateway(children, run, "round-robin");
			String path = new Visitor(byLoad.url()).newProduct();
			List<URI> addresses = List.of(URI.create(byLoad.url() + path), URI.create(inTurn.url() + path));
			try (CloneGroup group = new CloneGroup(run.system(), SERVICE, byLoad, false)) {
				warmUp(run, group, addresses);
				UnequalCapacity capacity = capacity(run, group, path);
				int perSecond = (int) (capacity.perSecond() / 2);
				System.out.printf("The load is %d requests/s, half of the capacity.%n", perSecond);
				// A cold generator starts late and then sends a burst.
				addresses.forEach((address) -> OpenLoop.run(List.of(address), perSecond, 3, STORED));
				return new UnequalReport(group.names(), perSecond, capacity.shareOfLast())
					.findings(measure(run, addresses, perSecond));
			}
		}
	}

	private static SwitchedGateway gateway(Children children, Run run, String strategy)
			throws IOException, InterruptedException {
		return new SwitchedGateway(children, run.system(), List.of(SERVICE),
				Map.of("GATEWAY_BALANCE_STRATEGY", strategy));
	}

	/** Warms both gateways and all instances, without a quota. */
	private void warmUp(Run run, CloneGroup group, List<URI> addresses) throws IOException, InterruptedException {
		group.unlimit();
		for (URI address : addresses) {
			try (ClosedLoop loop = new ClosedLoop((connection) -> this.requests.get(address.toString(), STORED),
					CONNECTIONS)) {
				loop.warmUp(run, group.instances());
			}
		}
		group.measureIdle(run.quick() ? 5 : 20);
		group.limit(QUOTA);
		group.limit(group.instances().size() - 1, QUOTA * SLOWED);
	}

	/**
	 * Returns what the instances can serve. Each gets requests of its own, since behind a
	 * balancer that takes turns the slow one would be the limit of all.
	 * @throws Problem if something else than the quotas limits it
	 */
	private UnequalCapacity capacity(Run run, CloneGroup group, String path) throws IOException, InterruptedException {
		List<String> addresses = group.instances()
			.stream()
			.map((instance) -> instance.url() + path.substring(PREFIX.length()))
			.toList();
		UnequalCapacity[] last = { UnequalCapacity.measure(addresses, STORED, 5) };
		int windows = run.quick() ? QUICK_WINDOWS : MAX_WINDOWS;
		for (int window = 1; window <= windows; window++) {
			double before = last[0].perSecond();
			QuotaUse use = QuotaUse.during(group,
					() -> last[0] = UnequalCapacity.measure(addresses, STORED, run.quick() ? 5 : 10));
			System.out.printf("capacity of the unequal instances: %.0f requests/s, %.0f %% of it of the last; %s%n",
					last[0].perSecond(), 100 * last[0].shareOfLast(), use.text());
			if (Math.abs(last[0].perSecond() / before - 1) < 0.03 || window == windows) {
				use.requireThrottled(THROTTLED);
				break;
			}
		}
		return last[0];
	}

	/** The order is by load, in turn, in turn, by load. */
	private static List<UnequalReport.Pair> measure(Run run, List<URI> addresses, int perSecond)
			throws InterruptedException {
		List<UnequalReport.Pair> pairs = new ArrayList<>();
		for (int pair = 0; pair < (run.quick() ? 2 : 8); pair++) {
			int first = pair % 2;
			OpenLoop.Outcome one = measure(run, addresses.get(first), perSecond);
			OpenLoop.Outcome other = measure(run, addresses.get(1 - first), perSecond);
			pairs.add((first == 0) ? new UnequalReport.Pair(one, other) : new UnequalReport.Pair(other, one));
			System.out.println("p99 by load %.1f ms, in turn %.1f ms".formatted(pairs.get(pair).byLoad().millis(99),
					pairs.get(pair).inTurn().millis(99)));
		}
		return pairs;
	}

	/** A slow instance needs a moment to serve what it still has from the last load. */
	private static OpenLoop.Outcome measure(Run run, URI address, int perSecond) throws InterruptedException {
		TimeUnit.SECONDS.sleep(1);
		return OpenLoop.run(List.of(address), perSecond, run.quick() ? 6 : 15, STORED);
	}

}
