package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

	private static final double SETTLED = 0.03;

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

	@Option(names = "--warm-ups", defaultValue = "8",
			description = "Rounds that do not count, at most, at each size; fewer if the costs are steady.")
	private int warmUps = 8;

	@Option(names = "--quick", description = "Sizes 200, 400 and 800, and a second for each measurement: a trial.")
	private boolean quick;

	@Override
	public Integer call() throws IOException, InterruptedException {
		Wrk.require();
		RunningSystem system = this.options.open();
		int[] measured = this.quick ? new int[] { 200, 400, 800 } : this.sizes;
		GrowthWorld world = new GrowthWorld(system, this.seed, this.follows);
		GrowthPasses passes = new GrowthPasses(GrowthRoute.ALL, this.rounds, this.quick ? 1 : this.seconds);
		Map<String, List<CpuCost>> costs = new LinkedHashMap<>();
		for (int size : measured) {
			world.growTo(size);
			GrowthProbe probe = world.probe();
			probe.calibrate(this.quick ? 2 : 20);
			passes.warmUp(probe, this.warmUps, SETTLED);
			passes.measure(probe)
				.forEach((route, cost) -> costs.computeIfAbsent(route, (name) -> new ArrayList<>()).add(cost));
			printLast(size, costs);
		}
		print(measured, costs);
		return 0;
	}

	private static void printLast(int size, Map<String, List<CpuCost>> costs) {
		System.out.println(costs.entrySet()
			.stream()
			.map((cost) -> String.format("%s %.0f", cost.getKey(),
					cost.getValue().get(cost.getValue().size() - 1).serviceMicros()))
			.collect(Collectors.joining(", ", size + " members, CPU µs a request: ", "")));
	}

	private static void print(int[] sizes, Map<String, List<CpuCost>> costs) {
		System.out.println("\nCPU µs a request of graph-service (and of the stores)\n");
		System.out.printf("| route | %s members | max/min | goal %.2f |%n",
				Arrays.stream(sizes).mapToObj(String::valueOf).collect(Collectors.joining(" | ")), GOAL);
		System.out.println("| --- ".repeat(sizes.length + 3) + "|");
		costs.forEach((route, measured) -> System.out.println(row(route, measured)));
	}

	private static String row(String route, List<CpuCost> costs) {
		double[] service = costs.stream().mapToDouble(CpuCost::serviceMicros).sorted().toArray();
		double ratio = service[service.length - 1] / service[0];
		String figures = costs.stream()
			.map((cost) -> String.format("%.0f (%.0f)", cost.serviceMicros(), cost.storeMicros()))
			.collect(Collectors.joining(" | "));
		return String.format("| %s | %s | %.3f | %s |", route, figures, ratio, (ratio <= GOAL) ? "met" : "missed");
	}

}
