package dev.agora.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import dev.agora.measure.experiment.BarChart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/**
 * The findings of {@link UnequalExperiment}.
 *
 * @param instances the names of the instances, the slow one last
 * @param perSecond the requests a second
 * @param capacityShare the part of the capacity that the slow instance has
 */
record UnequalReport(List<String> instances, int perSecond, double capacityShare) {

	private static final double MAX_SHARE = 0.2;

	private static final double MAX_RATIO = 0.5;

	private static final List<String> BALANCERS = List.of("by load", "in turn");

	Findings findings(List<Pair> pairs) {
		String slow = this.instances.get(this.instances.size() - 1);
		double share = median(pairs, Pair::byLoad, (outcome) -> outcome.share(slow));
		long failed = failed(pairs, Pair::byLoad);
		long requests = failed + pairs.stream().mapToLong((pair) -> pair.byLoad().latencies().getTotalCount()).sum();
		Ratios ratios = new Ratios(
				pairs.stream().map((pair) -> pair.byLoad().millis(99) / pair.inTurn().millis(99)).toList());
		List<Check> checks = List.of(
				new Check(
						"the slow instance, with %.0f %% of the capacity, gets %.0f %% of the requests, at most %.0f %%"
							.formatted(100 * this.capacityShare, 100 * share, 100 * MAX_SHARE),
						share <= MAX_SHARE),
				new Check(
						"%d of %d requests failed, allowed are none%s".formatted(failed, requests,
								(failed == 0) ? "; so at most %.3f %% fail (95 %%)".formatted(300.0 / requests) : ""),
						failed == 0),
				new Check("p99 by load over that in turn: %.2f (95 %%: %s), at most %.1f".formatted(ratios.median(),
						ratios.interval(), MAX_RATIO), ratios.median() <= MAX_RATIO));
		return new Findings(checks, List.of(table(pairs)), charts(pairs), pairs.stream().map(this::raw).toList());
	}

	private static double median(List<Pair> pairs, Function<Pair, OpenLoop.Outcome> balancer,
			ToDoubleFunction<OpenLoop.Outcome> figure) {
		return Ratios.median(pairs.stream().map((pair) -> figure.applyAsDouble(balancer.apply(pair))).toList());
	}

	private static long failed(List<Pair> pairs, Function<Pair, OpenLoop.Outcome> balancer) {
		return pairs.stream().mapToLong((pair) -> balancer.apply(pair).failed()).sum();
	}

	private Table table(List<Pair> pairs) {
		List<String> header = new ArrayList<>(List.of("balancer, at %d requests/s".formatted(this.perSecond)));
		this.instances.forEach((instance) -> header.add("share of " + instance));
		header.addAll(List.of("p50 ms", "p99 ms", "failed", "reasons"));
		return new Table(header,
				List.of(row(pairs, BALANCERS.get(0), Pair::byLoad), row(pairs, BALANCERS.get(1), Pair::inTurn)));
	}

	private List<String> row(List<Pair> pairs, String name, Function<Pair, OpenLoop.Outcome> balancer) {
		List<String> cells = new ArrayList<>(List.of(name));
		this.instances.forEach((instance) -> cells
			.add("%.0f %%".formatted(100 * median(pairs, balancer, (outcome) -> outcome.share(instance)))));
		cells.add("%.1f".formatted(median(pairs, balancer, (outcome) -> outcome.millis(50))));
		cells.add("%.1f".formatted(median(pairs, balancer, (outcome) -> outcome.millis(99))));
		cells.add(String.valueOf(failed(pairs, balancer)));
		cells.add(String.join("; ",
				pairs.stream()
					.flatMap((pair) -> balancer.apply(pair).failures().keySet().stream())
					.distinct()
					.toList()));
		return cells;
	}

	private List<String> charts(List<Pair> pairs) {
		List<BarChart.Bar> shares = List.of(shares(pairs, BALANCERS.get(0), Pair::byLoad),
				shares(pairs, BALANCERS.get(1), Pair::inTurn));
		List<BarChart.Bar> latencies = List.of(latency(pairs, BALANCERS.get(0), Pair::byLoad),
				latency(pairs, BALANCERS.get(1), Pair::inTurn));
		return List.of(
				new BarChart("Requests that each instance served; the last one has a third of the quota",
						"% of the successful requests", this.instances, shares)
					.svg(),
				new BarChart("Latency, 99th percentile", "ms", List.of("p99"), latencies).svg());
	}

	private BarChart.Bar shares(List<Pair> pairs, String name, Function<Pair, OpenLoop.Outcome> balancer) {
		Map<String, Double> shares = new LinkedHashMap<>();
		this.instances.forEach((instance) -> shares.put(instance,
				100 * median(pairs, balancer, (outcome) -> outcome.share(instance))));
		return new BarChart.Bar(name, shares);
	}

	private static BarChart.Bar latency(List<Pair> pairs, String name, Function<Pair, OpenLoop.Outcome> balancer) {
		return new BarChart.Bar(name, Map.of("p99", median(pairs, balancer, (outcome) -> outcome.millis(99))));
	}

	private Map<String, Object> raw(Pair pair) {
		return Map.of(BALANCERS.get(0), raw(pair.byLoad()), BALANCERS.get(1), raw(pair.inTurn()));
	}

	private static Map<String, Object> raw(OpenLoop.Outcome outcome) {
		return Map.of("requests", outcome.latencies().getTotalCount(), "byInstance", outcome.byInstance(), "failures",
				outcome.failures(), "p50", outcome.millis(50), "p99", outcome.millis(99));
	}

	/**
	 * Two measurements, one after the other.
	 *
	 * @param byLoad with the usual load balancer
	 * @param inTurn with round robin
	 */
	record Pair(OpenLoop.Outcome byLoad, OpenLoop.Outcome inTurn) {
	}

}
