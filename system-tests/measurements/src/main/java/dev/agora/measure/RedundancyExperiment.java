package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
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
			"Beside what each needs without requests, two instances with half a CPU quota serve as much as one with the "
					+ "whole quota, and when one of them is "
					+ "killed under half of that load, with a fifth more quota each as a reserve, no request fails.",
			"Throughput of the two below 0.97 of that of the one, a request that fails, or a 99th percentile that is above "
					+ "250 ms and twice that of before for more than two seconds after the kill.",
			"there is no second instance when one is killed",
			new Claim.Effort("ten minutes", "three minutes", "root and control groups, for the CPU quotas"));

	private static final String SERVICE = "product-service";

	/** Cores; so few that neither the gateway nor the machine is the limit. */
	private static final double WHOLE = 0.2;

	/**
	 * The half of the load takes all that half of the quota allows, and a queue at a full
	 * instance never ends: an instance that shall be able to serve alone needs a reserve.
	 */
	private static final double RESERVE = 1.2;

	private static final int CONNECTIONS = 16;

	private static final double LOAD = 0.5;

	private static final int MAX_WINDOWS = 12;

	private static final int QUICK_WINDOWS = 6;

	private static final int PRODUCTS = 50;

	private final ApiRequests requests = new ApiRequests();

	private final AtomicInteger turn = new AtomicInteger();

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public List<String> options() {
		return List.of("--optimize", "--no-console", "--clones", SERVICE + "=2");
	}

	@Override
	public String reading() {
		return "The first chart has the requests a second of one instance with the whole quota and of two with half of it "
				+ "each, in each pair of measurements: lines that coincide mean that the second instance costs no "
				+ "throughput. Its price is the CPU time that an instance needs without requests, which each quota "
				+ "has on top and the last table names. "
				+ "The second chart has the latency of a load on a schedule in half seconds; at the time in its caption, one "
				+ "of the two instances is killed. A peak there is the time until the gateway leaves the killed instance "
				+ "out. The third one has the requests that failed meanwhile. The table says which pairs count: those in "
				+ "which the quotas were the limit.";
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		Quota.require();
		try (Children children = run.children()) {
			SwitchedGateway gateway = new SwitchedGateway(children, run.system(), List.of(SERVICE), Map.of());
			String api = gateway.url() + "/api/v1";
			List<String> paths = new Visitor(gateway.url()).newProducts(PRODUCTS);
			Supplier<Mono<String>> read = () -> this.requests
				.get(api + paths.get(Math.floorMod(this.turn.getAndIncrement(), PRODUCTS)));
			Reads reads = new Reads(run, gateway, warmIdle(run, read), read);
			List<RedundancyReport.Pair> pairs = compare(reads);
			List<KilledInstance> kills = new ArrayList<>();
			double capacity = Ratios
				.median(RedundancyReport.requireEnough(pairs).stream().map(RedundancyReport.Pair::two).toList());
			for (int number = 0; number < (run.quick() ? 1 : 3); number++) {
				kills.add(kill(reads, (int) (LOAD * capacity), number));
			}
			return new RedundancyReport(reads.idle()).findings(pairs, kills);
		}
	}

	/** Returns the cores that a warm instance needs without requests. */
	private static double warmIdle(Run run, Supplier<Mono<String>> read) throws IOException, InterruptedException {
		Collection<RunningSystem.Instance> instances = run.system().instances(SERVICE).values();
		try (ClosedLoop loop = new ClosedLoop((connection) -> read.get(), CONNECTIONS)) {
			loop.warmUp(run, instances);
		}
		double idle = CpuMeter.idleCores(instances, run.quick() ? 5 : 20);
		System.out.printf("An instance needs %.3f cores without requests.%n", idle);
		return idle;
	}

	/** The order is one, two, two, one; each instance is the single one in turn. */
	private static List<RedundancyReport.Pair> compare(Reads reads) throws IOException, InterruptedException {
		List<RedundancyReport.Pair> pairs = new ArrayList<>();
		try (CloneGroup group = new CloneGroup(reads.run().system(), SERVICE, reads.gateway(), false)) {
			warm(reads, group, WHOLE / 2 + reads.idle());
			for (int pair = 0; pair < (reads.run().quick() ? 4 : 10); pair++) {
				boolean isOneFirst = pair % 2 == 0;
				Limited first = throughput(reads, group, isOneFirst ? pair / 2 % 2 : -1);
				Limited second = throughput(reads, group, isOneFirst ? -1 : pair / 2 % 2);
				boolean counts = first.isLimited() && second.isLimited();
				pairs.add(isOneFirst ? new RedundancyReport.Pair(first.perSecond(), second.perSecond(), counts)
						: new RedundancyReport.Pair(second.perSecond(), first.perSecond(), counts));
				System.out.printf("one: %.0f/s, two: %.0f/s%n", pairs.get(pair).one(), pairs.get(pair).two());
			}
		}
		return pairs;
	}

	/** Throughput under a quota rises until the code is compiled. */
	private static void warm(Reads reads, CloneGroup group, double quota) throws IOException, InterruptedException {
		group.unlimit();
		group.use(group.instances());
		int seconds = reads.run().quick() ? 4 : 10;
		try (ClosedLoop loop = new ClosedLoop((connection) -> reads.send(), CONNECTIONS)) {
			loop.warmUp(reads.run(), group.instances());
			group.limit(quota);
			SteadyRate.await("requests/s", reads.run().quick() ? QUICK_WINDOWS : MAX_WINDOWS,
					() -> loop.perSecond(seconds));
		}
	}

	/**
	 * Returns the requests a second of one instance with its number, or of both for -1.
	 */
	private static Limited throughput(Reads reads, CloneGroup group, int single)
			throws IOException, InterruptedException {
		group.use((single < 0) ? group.instances() : List.of(group.instances().get(single)));
		group.limit(reads.idle() + ((single < 0) ? WHOLE / 2 : WHOLE));
		try (ClosedLoop loop = new ClosedLoop((connection) -> reads.send(), CONNECTIONS)) {
			TimeUnit.SECONDS.sleep(1);
			double[] perSecond = { 0 };
			QuotaUse use = QuotaUse.during(group, () -> perSecond[0] = loop.perSecond(reads.run().quick() ? 4 : 10));
			if (loop.failed() > 0) {
				throw new Problem("Requests failed: " + loop.failures());
			}
			System.out.println(use.text());
			return new Limited(perSecond[0], use.isLimit(reads.run().quick() ? 2 : 1));
		}
	}

	private static KilledInstance kill(Reads reads, int perSecond, int number)
			throws IOException, InterruptedException {
		boolean planted = reads.run().planted();
		RunningSystem system = reads.run().system().refreshed();
		// Its file names the addresses, which are those of the processes before.
		try (CloneGroup group = new CloneGroup(system, SERVICE, reads.gateway(), false)) {
			warm(reads, group, RESERVE * WHOLE / 2 + reads.idle());
			group.use(planted ? 1 : 2, false);
			LoadTimeline.run(perSecond, 3, reads::send);
			return KilledInstance.observe(system, group.names().get(planted ? 0 : number % 2),
					new KilledInstance.Load(perSecond, reads.run().quick() ? 15 : 30, planted, reads::send));
		}
	}

	/**
	 * A throughput.
	 *
	 * @param perSecond the requests a second
	 * @param isLimited whether the quotas were the limit
	 */
	private record Limited(double perSecond, boolean isLimited) {
	}

	/**
	 * The reads.
	 *
	 * @param run the run
	 * @param gateway the gateway that gets them
	 * @param idle the cores that an instance needs without requests
	 * @param request sends one
	 */
	private record Reads(Run run, SwitchedGateway gateway, double idle, Supplier<Mono<String>> request) {

		Mono<String> send() {
			return this.request.get();
		}

	}

}
