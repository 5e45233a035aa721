package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.agora.measure.OpenLoop.Outcome;

/**
 * Compares the load balancer with round robin on three instances, one of which is slowed
 * to a third: the share of the requests of each, and the latency that clients see.
 */
@Command(name = "clones", description = "Compare the load balancer with round robin on unequal instances. "
		+ "It needs ./agora up --clones product-service=3, and root for the CPU quotas.")
final class UnequalClones implements Callable<Integer> {

	private static final String SERVICE = "product-service";

	private static final int WARM_UP_SECONDS = 20;

	private static final int GENERATOR_WARM_UP_SECONDS = 2;

	private static final double SLOWED = 1.0 / 3;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--cores", defaultValue = "0.24", description = "Share of a core that an instance may use.")
	private double cores;

	@Option(names = "--rate",
			description = "Requests per second; by default half of the capacity of the unequal instances.")
	private int rate;

	@Option(names = "--rounds", defaultValue = "3",
			description = "Number of rounds; each measures both balancers twice, forwards and backwards.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "10", description = "Seconds per measurement of one balancer.")
	private int seconds;

	private final Map<String, Quota> quotas = new TreeMap<>();

	@Override
	public Integer call() throws IOException, InterruptedException {
		Wrk.require();
		RunningSystem system = this.options.open();
		Map<String, RunningSystem.Instance> instances = new TreeMap<>(system.instances(SERVICE));
		if (instances.size() != 3) {
			throw new Problem("This needs three instances of " + SERVICE + ": ./agora up --clones " + SERVICE + "=3");
		}
		Path logs = Files.createTempDirectory("agora-measure");
		System.out.println("The output of the processes is in " + logs);
		try (Children children = new Children(logs)) {
			String path = new Visitor(system.gatewayUrl()).newProduct();
			Side byLoad = gateway(children, system, "load", path);
			Side inTurn = gateway(children, system, "round-robin", path);
			for (Map.Entry<String, RunningSystem.Instance> instance : instances.entrySet()) {
				this.quotas.put(instance.getKey(), new Quota(instance.getKey(), List.of(instance.getValue().pid())));
			}
			measure(List.of(byLoad, inTurn));
		}
		finally {
			for (Quota quota : this.quotas.values()) {
				quota.close();
			}
		}
		return 0;
	}

	private static Side gateway(Children children, RunningSystem system, String strategy, String path)
			throws IOException, InterruptedException {
		int port = Children.freePort();
		Map<String, String> environment = system.gatewayEnvironment(port, Children.freePort());
		environment.put("GATEWAY_BALANCE_STRATEGY", strategy);
		Process process = children.jar(system.gatewayJar(), environment);
		URI address = URI.create("http://127.0.0.1:" + port + path);
		children.awaitReady(address);
		return new Side(strategy, process.pid(), address, Map.of());
	}

	private void measure(List<Side> balancers) throws IOException, InterruptedException {
		for (Side side : balancers) {
			Wrk.load(side, side.pid(), WARM_UP_SECONDS);
		}
		int perSecond = (this.rate > 0) ? this.rate : halfOfCapacity(balancers.get(0));
		System.out.println("| instances | balancer | share of each | p50 ms | p99 ms | failed |");
		System.out.println("| --- | --- | --- | --- | --- | --- |");
		for (double part : List.of(1.0, SLOWED)) {
			limit(part);
			// A cold generator starts late and then sends a burst.
			balancers.forEach((side) -> OpenLoop.run(side.address(), perSecond, GENERATOR_WARM_UP_SECONDS));
			Map<String, List<Outcome>> outcomes = takeTurns(balancers, part, perSecond);
			outcomes.forEach((strategy, turns) -> printMedians(part, strategy, turns));
		}
	}

	private Map<String, List<Outcome>> takeTurns(List<Side> balancers, double part, int perSecond) {
		Map<String, List<Outcome>> outcomes = new TreeMap<>();
		List<Side> order = new ArrayList<>(balancers);
		for (int turn = 0; turn < 2 * this.rounds; turn++) {
			for (Side side : order) {
				Outcome outcome = OpenLoop.run(side.address(), perSecond, this.seconds);
				print(part, side.name(), new Figures(outcome::share, outcome::millis, outcome.failed()));
				outcome.failures()
					.forEach((reason, count) -> System.out.println("  failed: " + count + " × " + reason));
				outcomes.computeIfAbsent(side.name(), (strategy) -> new ArrayList<>()).add(outcome);
			}
			Collections.reverse(order);
		}
		return outcomes;
	}

	private void printMedians(double part, String strategy, List<Outcome> turns) {
		print(part, strategy + ", median",
				new Figures((instance) -> median(turns, (turn) -> turn.share(instance)),
						(percentile) -> median(turns, (turn) -> turn.millis(percentile)),
						turns.stream().mapToLong(Outcome::failed).sum()));
	}

	private static double median(List<Outcome> turns, ToDoubleFunction<Outcome> figure) {
		return Ratios.median(turns.stream().map(figure::applyAsDouble).toList());
	}

	private int halfOfCapacity(Side side) throws IOException, InterruptedException {
		limit(SLOWED);
		double capacity = WarmUp.untilSettled(side, side.pid(), Sample::perSecond).perSecond();
		System.out.printf("The unequal instances serve %.0f requests/s; the load is half of it.%n", capacity);
		return (int) (capacity / 2);
	}

	/** Gives the last instance a part of the quota of the others. */
	private void limit(double part) throws IOException {
		String last = new TreeMap<>(this.quotas).lastKey();
		for (Map.Entry<String, Quota> quota : this.quotas.entrySet()) {
			quota.getValue().limit(quota.getKey().equals(last) ? this.cores * part : this.cores);
		}
	}

	private void print(double part, String strategy, Figures figures) {
		List<String> shares = this.quotas.keySet()
			.stream()
			.map((instance) -> "%.0f %%".formatted(100 * figures.share().applyAsDouble(instance)))
			.toList();
		System.out.printf("| %s | %s | %s | %.1f | %.1f | %d |%n", (part == 1) ? "equal" : "the last one a third",
				strategy, String.join(", ", shares), figures.millis().applyAsDouble(50),
				figures.millis().applyAsDouble(99), figures.failed());
	}

	/**
	 * The figures of one row of the table.
	 *
	 * @param share the share of the successful responses, by instance
	 * @param millis the latency in milliseconds, by percentile
	 * @param failed the number of failed requests
	 */
	private record Figures(ToDoubleFunction<String> share, DoubleUnaryOperator millis, long failed) {
	}

}
