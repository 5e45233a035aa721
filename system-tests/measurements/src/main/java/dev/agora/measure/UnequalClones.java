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
import picocli.CommandLine.Option;

import dev.agora.measure.OpenLoop.Outcome;

/**
 * Three clones of which one is slowed to a third: what share of the requests it gets and
 * what latency clients see, by load and by round robin.
 */
@Command(name = "clones", description = "Balancing over unequal clones beside round robin; "
		+ "needs ./agora up --clones product-service=3, and root for the CPU quotas.")
final class UnequalClones implements Callable<Integer> {

	private static final String SERVICE = "product-service";

	private static final int WARM_UP_SECONDS = 20;

	private static final int GENERATOR_WARM_UP_SECONDS = 2;

	private static final double SLOWED = 1.0 / 3;

	@Option(names = "--root", defaultValue = ".", description = "The project's folder.")
	private Path root = Path.of(".");

	@Option(names = "--data", defaultValue = ".agora", description = "The running system's data.")
	private Path data = Path.of(".agora");

	@Option(names = "--cores", defaultValue = "0.24", description = "What a clone may use of a core.")
	private double cores;

	@Option(names = "--rate", description = "Requests a second; half of what the unequal clones can do if not given.")
	private int rate;

	@Option(names = "--rounds", defaultValue = "3",
			description = "How often both balancers take turns, there and back.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "10", description = "How long a turn is.")
	private int seconds;

	private final Map<String, Quota> quotas = new TreeMap<>();

	@Override
	public Integer call() throws IOException, InterruptedException {
		Wrk.require();
		RunningSystem system = new RunningSystem(this.root, this.data);
		Map<String, RunningSystem.Clone> clones = new TreeMap<>(system.clones(SERVICE));
		if (clones.size() != 3) {
			throw new Problem("This needs three clones of " + SERVICE + ": ./agora up --clones " + SERVICE + "=3");
		}
		Path logs = Files.createTempDirectory("agora-measure");
		System.out.println("What the processes print is in " + logs);
		try (Children children = new Children(logs)) {
			String path = new Visitor(system.gatewayUrl()).newProduct();
			Side byLoad = gateway(children, system, "load", path);
			Side inTurn = gateway(children, system, "round-robin", path);
			for (Map.Entry<String, RunningSystem.Clone> clone : clones.entrySet()) {
				this.quotas.put(clone.getKey(), new Quota(clone.getKey(), clone.getValue().pid()));
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

	private static Side gateway(Children children, RunningSystem system, String choice, String path)
			throws IOException, InterruptedException {
		int port = Children.freePort();
		Map<String, String> environment = system.gatewayEnvironment(port, Children.freePort());
		environment.put("GATEWAY_BALANCE_CHOICE", choice);
		Process process = children.jar(system.gatewayJar(), environment);
		URI address = URI.create("http://127.0.0.1:" + port + path);
		children.awaitReady(address);
		return new Side(choice, process.pid(), address, Map.of());
	}

	private void measure(List<Side> balancers) throws IOException, InterruptedException {
		for (Side side : balancers) {
			Wrk.load(side, side.pid(), WARM_UP_SECONDS);
		}
		int perSecond = (this.rate > 0) ? this.rate : halfOfCapacity(balancers.get(0));
		System.out.println("| clones | balancer | share of each | p50 ms | p99 ms | failed |");
		System.out.println("| --- | --- | --- | --- | --- | --- |");
		for (double part : List.of(1.0, SLOWED)) {
			limit(part);
			// A generator that runs for the first time sends late, and then all at once.
			balancers.forEach((side) -> OpenLoop.run(side.address(), perSecond, GENERATOR_WARM_UP_SECONDS));
			Map<String, List<Outcome>> outcomes = takeTurns(balancers, part, perSecond);
			outcomes.forEach((choice, turns) -> printMedians(part, choice, turns));
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
				outcomes.computeIfAbsent(side.name(), (choice) -> new ArrayList<>()).add(outcome);
			}
			Collections.reverse(order);
		}
		return outcomes;
	}

	private void printMedians(double part, String choice, List<Outcome> turns) {
		print(part, choice + ", median",
				new Figures((clone) -> median(turns, (turn) -> turn.share(clone)),
						(percentile) -> median(turns, (turn) -> turn.millis(percentile)),
						turns.stream().mapToLong(Outcome::failed).sum()));
	}

	private static double median(List<Outcome> turns, ToDoubleFunction<Outcome> figure) {
		return Ratios.median(turns.stream().map(figure::applyAsDouble).toList());
	}

	private int halfOfCapacity(Side side) throws IOException, InterruptedException {
		limit(SLOWED);
		double capacity = WarmUp.untilSettled(side, side.pid(), Sample::perSecond).perSecond();
		System.out.printf("The unequal clones serve %.0f requests/s; measured at half of it.%n", capacity);
		return (int) (capacity / 2);
	}

	/** The last clone gets a part of what the others get. */
	private void limit(double part) throws IOException {
		String last = new TreeMap<>(this.quotas).lastKey();
		for (Map.Entry<String, Quota> quota : this.quotas.entrySet()) {
			quota.getValue().limit(quota.getKey().equals(last) ? this.cores * part : this.cores);
		}
	}

	private void print(double part, String choice, Figures figures) {
		List<String> shares = this.quotas.keySet()
			.stream()
			.map((clone) -> "%.0f %%".formatted(100 * figures.share().applyAsDouble(clone)))
			.toList();
		System.out.printf("| %s | %s | %s | %.1f | %.1f | %d |%n", (part == 1) ? "equal" : "the last one a third",
				choice, String.join(", ", shares), figures.millis().applyAsDouble(50),
				figures.millis().applyAsDouble(99), figures.failed());
	}

	/**
	 * A row of the table.
	 *
	 * @param share of the good answers, by clone
	 * @param millis the latency, by percentile
	 * @param failed how many requests were not answered well
	 */
	private record Figures(ToDoubleFunction<String> share, DoubleUnaryOperator millis, long failed) {
	}

}
