package dev.agora.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.agora.measure.experiment.BarChart;
import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.ScalabilityFit;
import dev.agora.measure.experiment.ScalabilityLaw;
import dev.agora.measure.experiment.Table;

/**
 * The findings from points of several loads.
 *
 * @param tolerance how much wider the bounds of points that count are than usual
 * @param planted whether the instances share one quota
 */
record CloneReport(double tolerance, boolean planted) {

	private static final double GOAL = 0.95;

	Findings findings(Map<String, List<ClonePoint>> points) {
		List<Check> checks = points.entrySet()
			.stream()
			.flatMap((load) -> checks(load.getKey(), load.getValue()))
			.toList();
		List<String> charts = new ArrayList<>(List.of(throughput(points)));
		points.forEach((load, measured) -> charts.add(costs(load, measured)));
		return new Findings(checks, List.of(table(points), laws(points)), charts, points);
	}

	/**
	 * A load that is limited by something else than its instances proves nothing. If few
	 * passes count, they are a selection, which proves nothing either.
	 */
	private Stream<Check> checks(String load, List<ClonePoint> points) {
		int most = most(points);
		Ratios ratios = ratios(points, most);
		int passes = of(points, 1).size();
		if (2 * ratios.all().size() < passes) {
			return Stream
				.of(new Check(
						"%s: 1 and %d instances count in %d of %d passes, at least half are needed: %s".formatted(load,
								most, ratios.all().size(), passes,
								points.stream().flatMap((point) -> rejections(points, point)).distinct().toList()),
						false));
		}
		return Stream.of(
				new Check(
						"%s: throughput of %d instances over %d times that of one: %.3f (95 %%: %s), ".formatted(load,
								most, most, ratios.median(), ratios.interval()) + "at least " + GOAL,
						ratios.median() >= GOAL));
	}

	private static int most(List<ClonePoint> points) {
		return points.stream().mapToInt(ClonePoint::instances).max().orElseThrow();
	}

	/**
	 * Instances that share a quota share what they need without requests too, so their
	 * operations cost more, which is a part of the fault.
	 */
	private Stream<String> rejections(List<ClonePoint> all, ClonePoint point) {
		double costOfOne = this.planted ? point.cost() : median(of(all, 1), ClonePoint::cost);
		return point.rejections(costOfOne, this.tolerance).stream();
	}

	private List<ClonePoint> counted(List<ClonePoint> points) {
		return points.stream().filter((point) -> counts(points, point)).toList();
	}

	/** A pass has a point of each number of instances; both sides of a ratio count. */
	private Ratios ratios(List<ClonePoint> points, int most) {
		List<ClonePoint> single = of(points, 1);
		List<ClonePoint> all = of(points, most);
		return new Ratios(IntStream.range(0, single.size())
			.filter((pass) -> counts(points, single.get(pass)) && counts(points, all.get(pass)))
			.mapToObj((pass) -> all.get(pass).throughput() / most / single.get(pass).throughput())
			.toList());
	}

	private boolean counts(List<ClonePoint> points, ClonePoint point) {
		return rejections(points, point).findAny().isEmpty();
	}

	private static List<ClonePoint> of(List<ClonePoint> points, int instances) {
		return points.stream().filter((point) -> point.instances() == instances).toList();
	}

	private static double median(List<ClonePoint> points, ToDoubleFunction<ClonePoint> figure) {
		return Ratios.median(points.stream().map(figure::applyAsDouble).toList());
	}

	private static List<Integer> numbers(List<ClonePoint> points) {
		return points.stream().map(ClonePoint::instances).distinct().sorted().toList();
	}

	private Table table(Map<String, List<ClonePoint>> points) {
		List<List<String>> rows = new ArrayList<>();
		points.forEach((load, all) -> numbers(all).forEach((number) -> rows.add(row(load, all, number))));
		return new Table(
				List.of("operation", "instances", "operations/s", "over as many times one", "CPU µs of the instances",
						"cores of gateway", "redis", "mongodb", "kafka", "load client", "points that count"),
				rows);
	}

	private List<String> row(String load, List<ClonePoint> all, int number) {
		List<ClonePoint> points = of(all, number);
		double single = median(of(all, 1), ClonePoint::throughput);
		double throughput = median(points, ClonePoint::throughput);
		List<String> cells = new ArrayList<>(List.of(load, String.valueOf(number), "%.1f".formatted(throughput),
				"%.3f".formatted(throughput / number / single),
				"%.0f".formatted(1e6 * median(points, ClonePoint::cost))));
		Stream.of("gateway", "redis", "mongodb", "kafka", ClonePoint.CLIENT)
			.forEach((process) -> cells.add("%.2f".formatted(median(points, (point) -> point.cores(process)))));
		String reasons = points.stream()
			.flatMap((point) -> rejections(all, point))
			.distinct()
			.collect(Collectors.joining("; "));
		long counted = points.stream().filter((point) -> counts(all, point)).count();
		cells.add("%d of %d%s".formatted(counted, points.size(), reasons.isEmpty() ? "" : ": " + reasons));
		return cells;
	}

	/** The law needs three numbers of instances. */
	private Table laws(Map<String, List<ClonePoint>> points) {
		List<List<String>> rows = new ArrayList<>();
		points.forEach((load, all) -> rows.add(law(load, all)));
		return new Table(List.of("Universal Scalability Law of", "contention σ (95 %)", "coherency κ (95 %)",
				"efficiency of 4 (95 %)", "of 8, extrapolated (95 %)"), rows);
	}

	private List<String> law(String load, List<ClonePoint> all) {
		List<ClonePoint> counted = counted(all);
		if (numbers(counted).size() < 3) {
			return List.of(load, "too few points count", "", "", "");
		}
		ScalabilityFit fit = new ScalabilityFit(counted.stream()
			.map((point) -> new ScalabilityFit.Sample(point.instances(), point.throughput()))
			.toList());
		int most = most(counted);
		return List.of(load, fit.text(ScalabilityLaw::contention), fit.text(ScalabilityLaw::coherency),
				fit.efficiency(Math.min(4, 2 * most)), (most >= 4) ? fit.efficiency(8) : "not measured far enough");
	}

	private static String throughput(Map<String, List<ClonePoint>> points) {
		List<Chart.Line> lines = new ArrayList<>();
		points.forEach((load, all) -> lines.add(new Chart.Line(load, numbers(all).stream()
			.map((number) -> new Chart.Point(number,
					median(of(all, number), ClonePoint::throughput) / median(of(all, 1), ClonePoint::throughput)))
			.toList())));
		lines.add(new Chart.Line("in proportion", List.of(new Chart.Point(1, 1), new Chart.Point(4, 4))));
		return new Chart("Throughput over that of one instance", "instances", "times", lines).svg();
	}

	private static String costs(String load, List<ClonePoint> points) {
		List<String> processes = List.copyOf(points.get(0).cpu().keySet());
		List<BarChart.Bar> bars = numbers(points).stream()
			.map((number) -> new BarChart.Bar(number + ((number == 1) ? " instance" : " instances"),
					processes.stream()
						.collect(Collectors.toMap((process) -> process,
								(process) -> median(of(points, number), (point) -> point.perThousand(process))))))
			.toList();
		return new BarChart("CPU time of 1,000 operations: " + load, "CPU seconds", processes, bars).svg();
	}

}
