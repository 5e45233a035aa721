package dev.agora.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures whether requests to the graph cost more when there are more members. */
@Command(name = "growth",
		description = "The CPU time of each request to the graph at 1,000, 10,000 and 100,000 members: "
				+ "max/min of graph-service, goal 1.05. The members and follows are generated and stay in the system.")
final class GrowthCost implements Callable<Integer> {

	private static final double GOAL = 1.05;

	/** These are in all partitions, so that the members before them are known as well. */
	private static final int LAST_MEMBERS = 100;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--seed", defaultValue = "1", description = "The seed of the graph.")
	private long seed = 1;

	@Option(names = "--sizes", split = ",", defaultValue = "1000,10000,100000",
			description = "The numbers of members, in ascending order.")
	private int[] sizes = { 1_000, 10_000, 100_000 };

	@Option(names = "--follows", defaultValue = "3",
			description = "How many members each one outside the measured group follows. The first of them are followed most.")
	private int follows = 3;

	@Option(names = "--rounds", defaultValue = "3", description = "Measurements of each route at each size.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "3", description = "Seconds per measurement.")
	private int seconds;

	@Option(names = "--quick", description = "Sizes 200, 400 and 800, and a second for each measurement: a trial.")
	private boolean quick;

	@Override
	public Integer call() throws IOException, InterruptedException {
		Wrk.require();
		RunningSystem system = this.options.open();
		int[] measured = this.quick ? new int[] { 200, 400, 800 } : this.sizes;
		GrowthGraph graph = new GrowthGraph("g" + Long.toString(System.nanoTime(), 36) + "_", this.seed, this.follows);
		OperatorClient operator = new OperatorClient(system);
		Map<String, List<double[]>> costs = new LinkedHashMap<>();
		GrowthProbe probe = null;
		int loaded = 0;
		for (int size : measured) {
			load(operator, graph, loaded, size);
			probe = (probe != null) ? probe : new GrowthProbe(system, graph);
			probe.calibrate(Duration.ofSeconds(this.quick ? 2 : 10));
			warmUp(probe, loaded == 0);
			measureAll(probe, costs);
			printLast(size, costs);
			loaded = size;
		}
		print(measured, costs);
		return 0;
	}

	private static void load(OperatorClient operator, GrowthGraph graph, int from, int to)
			throws IOException, InterruptedException {
		OperatorClient.Outcome members = operator.importMembers(graph.members(from, to));
		System.out.printf("%d members created in %.1f s%n", members.count("created"), members.seconds());
		String lines = graph.follows(from, to);
		operator.importFollowsOfNewMembers(graph.follows(Math.max(from, to - LAST_MEMBERS), to));
		operator.importFollowsOfNewMembers(lines);
		System.out.printf("%d lines of follows imported%n", lines.lines().count());
		TimeUnit.SECONDS.sleep(10);
	}

	/** The first size compiles the code, the others fill caches. */
	private void warmUp(GrowthProbe probe, boolean first) throws IOException, InterruptedException {
		for (int pass = 0; pass < (first ? 3 : 1); pass++) {
			for (GrowthRoute route : GrowthRoute.ALL) {
				probe.measure(route, seconds());
			}
		}
	}

	/** The routes are measured in turn, so that a drift of the machine affects all. */
	private void measureAll(GrowthProbe probe, Map<String, List<double[]>> costs)
			throws IOException, InterruptedException {
		Map<String, List<double[]>> measured = new LinkedHashMap<>();
		for (int round = 0; round < this.rounds; round++) {
			for (GrowthRoute route : GrowthRoute.ALL) {
				measured.computeIfAbsent(route.name(), (name) -> new ArrayList<>())
					.add(probe.measure(route, seconds()));
			}
		}
		measured.forEach((route, samples) -> costs.computeIfAbsent(route, (name) -> new ArrayList<>())
			.add(new double[] { median(samples, 0), median(samples, 1) }));
	}

	private int seconds() {
		return this.quick ? 1 : this.seconds;
	}

	private static double median(List<double[]> samples, int figure) {
		return Ratios.median(samples.stream().map((sample) -> sample[figure]).toList());
	}

	private static void printLast(int size, Map<String, List<double[]>> costs) {
		System.out.println(costs.entrySet()
			.stream()
			.map((cost) -> String.format("%s %.0f", cost.getKey(), cost.getValue().get(cost.getValue().size() - 1)[0]))
			.collect(Collectors.joining(", ", size + " members, CPU µs a request: ", "")));
	}

	private static void print(int[] sizes, Map<String, List<double[]>> costs) {
		System.out.println("\nCPU µs a request of graph-service (and of the stores)\n");
		System.out.printf("| route | %s members | max/min | goal %.2f |%n",
				Arrays.stream(sizes).mapToObj(String::valueOf).collect(Collectors.joining(" | ")), GOAL);
		System.out.println("| --- ".repeat(sizes.length + 3) + "|");
		costs.forEach((route, measured) -> {
			double[] service = measured.stream().mapToDouble((cost) -> cost[0]).sorted().toArray();
			double ratio = service[service.length - 1] / service[0];
			StringBuilder row = new StringBuilder("| ").append(route);
			measured.forEach((cost) -> row.append(String.format(" | %.0f (%.0f)", cost[0], cost[1])));
			System.out.printf("%s | %.3f | %s |%n", row, ratio, (ratio <= GOAL) ? "met" : "missed");
		});
	}

}
