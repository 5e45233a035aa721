package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/** Shows that a request costs the same in a small and in a large world. */
final class GrowthExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("growth",
			"The CPU time of a read is the same with 1,000, 10,000 and 100,000 members, and with few and many stored "
					+ "posts of an author.",
			"A read that costs more than 1.05 times as much in the most expensive world as in the cheapest one.",
			"the graph's indexes are dropped, and Redis is flushed before each read, so that reads scan the world",
			new Claim.Effort("fifty minutes", "ten minutes",
					"wrk, which it installs if it can, and 2 GiB of memory more than the others"));

	private static final double GOAL = 1.05;

	/** So few requests scatter by a quarter, and a scan costs several times as much. */
	private static final double QUICK_GOAL = 1.5;

	private static final int FOLLOWS = 3;

	private static final long SEED = 1;

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public List<String> options() {
		return List.of("--optimize", "--no-console", "--mongodb-memory", "3g");
	}

	@Override
	public boolean needsNewSystem() {
		return true;
	}

	@Override
	public String reading() {
		return "The first two charts have the CPU time of each read of the graph over the number of members, of graph-service "
				+ "and the stores together; the axis of the members is logarithmic. A flat line is a read that does not "
				+ "notice the world; one that scans rises tenfold from mark to mark. The readers and the members they "
				+ "read about are the same in each world. The third chart has pages of an author with few posts beside "
				+ "those of an author with many, measured in pairs. The last table has the CPU time of a post for each of its "
				+ "followers, who were imported and have no timelines yet; what a post costs once is shared by them.";
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		Wrk.require();
		List<Integer> sizes = sizes(run);
		StoredPosts posts = new StoredPosts(run);
		Pairs<CpuCost> pages = posts.measure();
		GrowthReads reads = new GrowthReads(run, new GrowthWorld(run.system(), SEED, FOLLOWS));
		Map<String, List<CpuCost>> costs = new TreeMap<>();
		for (int size : sizes) {
			reads.measure(size)
				.forEach((name, cost) -> costs.computeIfAbsent(name, (first) -> new ArrayList<>()).add(cost));
		}
		Map<Integer, CpuCost> deliveries = run.planted() ? Map.of() : new GrowthDeliveries(run).measure();
		List<Check> checks = new ArrayList<>();
		double goal = (run.quick() || run.planted()) ? QUICK_GOAL : GOAL;
		costs.forEach((name, measured) -> checks.add(check(name, spread(measured), goal)));
		double ratio = CpuCost.ratios(pages.one(), pages.other()).median();
		checks.add(check("page of an author with %d posts and with %d".formatted(posts.few(), posts.many()),
				Math.max(ratio, 1 / ratio), goal));
		List<Table> tables = new ArrayList<>(tables(sizes, costs, posts, pages));
		tables.add(deliveries(deliveries));
		return new Findings(checks, tables, charts(sizes, costs, posts, pages),
				Map.of("sizes", sizes, "reads", costs, "pages", pages, "deliveries", deliveries));
	}

	/** A scan of a larger world takes longer than a load of the cache may. */
	private static List<Integer> sizes(Run run) {
		if (run.planted()) {
			return List.of(500, 3_000);
		}
		return run.quick() ? List.of(500, 5_000) : List.of(1_000, 10_000, 100_000);
	}

	private static Check check(String read, double spread, double goal) {
		return new Check("%s: max ÷ min %.3f, at most %.2f".formatted(read, spread, goal), spread <= goal);
	}

	private static double spread(List<CpuCost> costs) {
		return costs.stream().mapToDouble(CpuCost::micros).max().orElseThrow()
				/ costs.stream().mapToDouble(CpuCost::micros).min().orElseThrow();
	}

	private static List<Table> tables(List<Integer> sizes, Map<String, List<CpuCost>> costs, StoredPosts posts,
			Pairs<CpuCost> pages) {
		List<String> header = new ArrayList<>(List.of("CPU µs of graph-service (and of the stores)"));
		sizes.forEach((size) -> header.add("%,d members".formatted(size)));
		header.add("max ÷ min");
		List<List<String>> rows = new ArrayList<>();
		costs.forEach((name, measured) -> {
			List<String> row = new ArrayList<>(List.of(name));
			measured.forEach((cost) -> row.add("%.0f (%.0f)".formatted(cost.serviceMicros(), cost.storeMicros())));
			row.add("%.3f".formatted(spread(measured)));
			rows.add(row);
		});
		Ratios ratios = CpuCost.ratios(pages.other(), pages.one());
		return List.of(new Table(header, rows), new Table(List.of("CPU µs of a page of an author's posts", "median"),
				List.of(List.of("%d posts".formatted(posts.few()), micros(pages.one())),
						List.of("%d posts".formatted(posts.many()), micros(pages.other())),
						List.of("many ÷ few (95 %)", "%.3f (%s)".formatted(ratios.median(), ratios.interval())))));
	}

	private static Table deliveries(Map<Integer, CpuCost> costs) {
		return new Table(List.of("followers of a post", "CPU µs of feed-service for each", "of the stores"), costs
			.entrySet()
			.stream()
			.map((cost) -> List.of("%,d".formatted(cost.getKey()), "%.1f".formatted(cost.getValue().serviceMicros()),
					"%.1f".formatted(cost.getValue().storeMicros())))
			.toList());
	}

	private static String micros(List<CpuCost> costs) {
		return "%.0f".formatted(CpuCost.median(costs, CpuCost::micros));
	}

	private static List<String> charts(List<Integer> sizes, Map<String, List<CpuCost>> costs, StoredPosts posts,
			Pairs<CpuCost> pages) {
		List<String> names = List.copyOf(costs.keySet());
		int half = (names.size() + 1) / 2;
		List<String> charts = new ArrayList<>();
		for (List<String> part : List.of(names.subList(0, half), names.subList(half, names.size()))) {
			List<Chart.Line> lines = part.stream()
				.map((name) -> Chart.Line.of(name, sizes, (size) -> size,
						(size) -> Objects.requireNonNull(costs.get(name)).get(sizes.indexOf(size)).micros()))
				.toList();
			charts.add(new Chart("CPU time over the size of the world: " + String.join(", ", part), "members", "CPU µs",
					lines, true)
				.svg());
		}
		Chart ofPosts = new Chart("CPU time of a page of an author's posts", "pair of measurements", "CPU µs",
				List.of(CpuCost.line("%d posts".formatted(posts.few()), pages.one()),
						CpuCost.line("%d posts".formatted(posts.many()), pages.other())));
		charts.add(ofPosts.svg());
		return charts;
	}

}
