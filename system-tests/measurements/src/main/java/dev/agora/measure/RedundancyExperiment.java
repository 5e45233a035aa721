package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;

/** Shows that a second instance costs no throughput, and serves when one is killed. */
final class RedundancyExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("redundancy",
			"Two instances with half a CPU quota each serve as much as one with the whole quota, and when one of them is "
					+ "killed at 40 % of the load that both can serve, no request fails.",
			"Throughput of the two below 0.97 of that of the one, a request that fails, or requests that take longer than "
					+ "250 ms for more than two seconds after the kill.",
			"there is no second instance when one is killed",
			new Claim.Effort("seven minutes", "two minutes", "root and control groups, for the CPU quotas"));

	private static final String SERVICE = "product-service";

	/** Cores. */
	private static final double WHOLE = 0.4;

	private static final int CONNECTIONS = 32;

	/** The survivor can serve half of what both can. */
	private static final double LOAD = 0.4;

	private static final int PRODUCTS = 50;

	private final ApiRequests requests = new ApiRequests();

	private final AtomicInteger turn = new AtomicInteger();

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public List<String> options() {
		return List.of("--optimize", "--clones", SERVICE + "=2");
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		Quota.require();
		try (Children children = new Children(Files.createTempDirectory("agora-show"))) {
			SwitchedGateway gateway = new SwitchedGateway(children, run.system(), List.of(SERVICE), Map.of());
			String api = gateway.url() + "/api/v1";
			List<String> paths = new Visitor(gateway.url()).newProducts(PRODUCTS);
			Reads reads = new Reads(run, gateway,
					() -> this.requests.get(api + paths.get(Math.floorMod(this.turn.getAndIncrement(), PRODUCTS))));
			List<RedundancyReport.Pair> pairs = compare(reads);
			List<KilledInstance> kills = new ArrayList<>();
			double capacity = Ratios.median(pairs.stream().map(RedundancyReport.Pair::two).toList());
			for (int number = 0; number < (run.quick() ? 1 : 3); number++) {
				kills.add(kill(reads, (int) (LOAD * capacity), number));
			}
			return RedundancyReport.findings(pairs, kills);
		}
	}

	/** The order is one, two, two, one; each instance is the single one in turn. */
	private static List<RedundancyReport.Pair> compare(Reads reads) throws IOException, InterruptedException {
		List<RedundancyReport.Pair> pairs = new ArrayList<>();
		try (CloneGroup group = new CloneGroup(reads.run().system(), SERVICE, reads.gateway(), false)) {
			warm(reads, group, reads.run().quick() ? 15 : 40);
			for (int pair = 0; pair < (reads.run().quick() ? 4 : 10); pair++) {
				boolean isOneFirst = pair % 2 == 0;
				double first = throughput(reads, group, isOneFirst ? pair / 2 % 2 : -1);
				double second = throughput(reads, group, isOneFirst ? -1 : pair / 2 % 2);
				pairs.add(isOneFirst ? new RedundancyReport.Pair(first, second)
						: new RedundancyReport.Pair(second, first));
				System.out.printf("one: %.0f/s, two: %.0f/s%n", pairs.get(pair).one(), pairs.get(pair).two());
			}
		}
		return pairs;
	}

	private static void warm(Reads reads, CloneGroup group, int seconds) throws IOException, InterruptedException {
		group.unlimit();
		group.use(group.instances());
		try (ClosedLoop loop = new ClosedLoop((connection) -> reads.send(), CONNECTIONS)) {
			TimeUnit.SECONDS.sleep(seconds);
			group.limit(WHOLE / 2);
			TimeUnit.SECONDS.sleep(seconds / 5);
			System.out.printf("warmed by %d requests%n", loop.successes());
		}
	}

	/**
	 * Returns the requests a second of one instance with its number, or of both for -1.
	 */
	private static double throughput(Reads reads, CloneGroup group, int single)
			throws IOException, InterruptedException {
		group.use((single < 0) ? group.instances() : List.of(group.instances().get(single)));
		group.limit((single < 0) ? WHOLE / 2 : WHOLE);
		try (ClosedLoop loop = new ClosedLoop((connection) -> reads.send(), CONNECTIONS)) {
			double perSecond = loop.perSecond(reads.run().quick() ? 4 : 10);
			if (loop.failed() > 0) {
				throw new Problem("Requests failed: " + loop.failures());
			}
			return perSecond;
		}
	}

	private static KilledInstance kill(Reads reads, int perSecond, int number)
			throws IOException, InterruptedException {
		boolean planted = reads.run().planted();
		RunningSystem system = reads.run().system().refreshed();
		// Its file names the addresses, which are those of the processes before.
		try (CloneGroup group = new CloneGroup(system, SERVICE, reads.gateway(), false)) {
			warm(reads, group, (number == 0) ? 5 : 40);
			group.use(planted ? 1 : 2, false);
			LoadTimeline.run(perSecond, 3, reads::send);
			return KilledInstance.observe(system, group.names().get(planted ? 0 : number % 2),
					new KilledInstance.Load(perSecond, reads.run().quick() ? 15 : 30, planted, reads::send));
		}
	}

	/**
	 * The reads.
	 *
	 * @param run the run
	 * @param gateway the gateway that gets them
	 * @param request sends one
	 */
	private record Reads(Run run, SwitchedGateway gateway, Supplier<Mono<String>> request) {

		Mono<String> send() {
			return this.request.get();
		}

	}

}
