package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;

/** Shows that latency and throughput are two things, and that overload is refused. */
final class LatencyExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("latency",
			"Beyond its capacity, the system refuses requests instead of queueing them: it completes as many in time at "
					+ "150 % of its capacity as at 100 %.",
			"At 150 % of the capacity, less than 0.95 of the requests are answered within a second that are at 100 %.",
			"the gateway admits any number of requests at once",
			new Claim.Effort("twelve minutes", "four minutes", "root and control groups, for the CPU quota"));

	private static final String SERVICE = "product-service";

	/** Cores. The service must be the narrow part, not the gateway or the generator. */
	private static final double QUOTA = 0.2;

	private static final int CONNECTIONS = 24;

	private static final double STEADY = 0.03;

	/** The start and the end of a load are in the interval, too. */
	private static final double THROTTLED = 0.85;

	private static final String NO_LIMIT = "100000";

	private final ApiRequests requests = new ApiRequests();

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public String reading() {
		return "The first chart has the requests a second that were sent, those that were answered in time, and those that "
				+ "were refused, over the load as a percentage of the capacity. The line of those in time should rise with "
				+ "the load up to the capacity and stay level beyond it; one that falls is a queue in which requests wait "
				+ "until nobody wants their response. The second chart has the latency of the successful requests, which "
				+ "counts from the time when each was due. The first table compares a single user with many: that one user "
				+ "is served fast says nothing about how many can be served.";
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		Quota.require();
		try (Children children = run.children()) {
			Map<String, String> settings = new HashMap<>();
			if (run.planted()) {
				List.of("MIN", "INITIAL", "INFLIGHT")
					.forEach((limit) -> settings.put("GATEWAY_SHED_" + limit, NO_LIMIT));
			}
			SwitchedGateway gateway = new SwitchedGateway(children, run.system(), List.of(SERVICE), settings);
			String path = new Visitor(gateway.url()).newProduct();
			try (CloneGroup group = new CloneGroup(run.system(), SERVICE, gateway, false)) {
				return measure(run, group, URI.create(gateway.url() + path));
			}
		}
	}

	private Findings measure(Run run, CloneGroup group, URI address) throws IOException, InterruptedException {
		group.unlimit();
		try (ClosedLoop loop = open(address, CONNECTIONS)) {
			loop.warmUp(run, group.instances());
		}
		group.limit(QUOTA);
		LatencyReport.User all = findCapacity(run, group, address);
		LatencyReport.User single = closed(address, 1, run.quick() ? 4 : 10);
		// A cold generator starts late and then sends a burst.
		OpenLoop.run(address, (int) (all.perSecond() / 2), 3);
		List<LatencyReport.Step> steps = new ArrayList<>();
		List<Integer> order = new ArrayList<>(
				run.quick() ? List.of(10, 50, 100, 150) : List.of(10, 25, 50, 75, 90, 100, 125, 150));
		for (int pass = 0; pass < (run.quick() ? 1 : 4); pass++) {
			for (int percent : order) {
				steps.add(open(address, percent, all.perSecond(), run.quick() ? 5 : 8));
			}
			Collections.reverse(order);
		}
		return LatencyReport.findings(steps, single, all);
	}

	/**
	 * The capacity of a service under a quota rises until its code is compiled.
	 * @throws Problem if something else than the quota limits it
	 */
	private LatencyReport.User findCapacity(Run run, CloneGroup group, URI address)
			throws IOException, InterruptedException {
		LatencyReport.User last = closed(address, CONNECTIONS, 5);
		for (int window = 0; window < (run.quick() ? 8 : 10); window++) {
			double before = last.perSecond();
			LatencyReport.User[] current = { last };
			QuotaUse use = QuotaUse.during(group,
					() -> current[0] = closed(address, CONNECTIONS, run.quick() ? 4 : 10));
			last = current[0];
			System.out.printf("capacity: %.0f requests/s, %s%n", last.perSecond(), use.text());
			if (Math.abs(last.perSecond() / before - 1) < STEADY || window == (run.quick() ? 8 : 10) - 1) {
				use.requireThrottled(THROTTLED);
				break;
			}
		}
		return last;
	}

	private ClosedLoop open(URI address, int connections) {
		return new ClosedLoop((connection) -> this.requests.get(address.toString()), connections);
	}

	private LatencyReport.User closed(URI address, int connections, int seconds) throws InterruptedException {
		try (ClosedLoop loop = open(address, connections)) {
			TimeUnit.SECONDS.sleep(1);
			loop.takeLatencies();
			TimeUnit.SECONDS.sleep(seconds);
			Histogram micros = loop.takeLatencies();
			return new LatencyReport.User(connections, (double) micros.getTotalCount() / seconds,
					micros.getValueAtPercentile(50) / 1_000.0, micros.getValueAtPercentile(99) / 1_000.0);
		}
	}

	private static LatencyReport.Step open(URI address, int percent, double capacity, int seconds)
			throws InterruptedException {
		TimeUnit.SECONDS.sleep(1);
		OpenLoop.Outcome outcome = OpenLoop.run(address, Math.max(1, (int) (capacity * percent / 100)), seconds);
		LatencyReport.Step step = LatencyReport.Step.of(percent, outcome, seconds);
		System.out.printf("%d %%: %.0f in time/s, refused or failed: %s, p99 %.1f ms%n", percent, step.goodput(),
				outcome.failures(), step.p99());
		return step;
	}

}
