package dev.agora.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/**
 * The findings of {@link RedundancyExperiment}.
 *
 * @param idle the cores that an instance needs without requests
 */
record RedundancyReport(double idle) {

	private static final double GOAL = 0.97;

	private static final double MAX_SECONDS = 2;

	Findings findings(List<Pair> pairs, List<KilledInstance> kills) {
		Ratios ratios = new Ratios(requireEnough(pairs).stream().map((pair) -> pair.two() / pair.one()).toList());
		long requests = kills.stream().mapToLong((kill) -> kill.after().requests().size()).sum();
		long failed = kills.stream().mapToLong((kill) -> kill.after().failed()).sum();
		double recovery = kills.stream().mapToDouble(KilledInstance::secondsToRecover).max().orElseThrow();
		List<Check> checks = List.of(
				new Check("throughput of two halves over one whole: %.3f (95 %%: %s), at least %.2f"
					.formatted(ratios.median(), ratios.interval(), GOAL), ratios.median() >= GOAL),
				new Check("%d of %d requests failed after a kill, allowed are none%s".formatted(failed, requests,
						(failed == 0) ? "; so at most %.3f %% fail (95 %%)".formatted(300.0 / requests) : ""),
						failed == 0),
				new Check(
						"%.2f s from a kill to the last half second with failures or with a p99 above that of before, at most %.0f"
							.formatted(recovery, MAX_SECONDS),
						recovery <= MAX_SECONDS));
		return new Findings(checks,
				List.of(throughputs(pairs), troubles(kills),
						new Table(List.of("an instance without requests"),
								List.of(List.of("%.3f cores".formatted(this.idle))))),
				charts(pairs, kills),
				Map.of("pairs", pairs, "kills", kills.stream().map(RedundancyReport::raw).toList()));
	}

	/** Pairs that the machine limited say nothing about instances. */
	static List<Pair> requireEnough(List<Pair> pairs) {
		List<Pair> counted = pairs.stream().filter(Pair::counts).toList();
		if (2 * counted.size() < pairs.size()) {
			throw new Problem("The CPU quotas were the limit in %d of %d pairs only, so the figures are dropped."
				.formatted(counted.size(), pairs.size()));
		}
		return counted;
	}

	private static Table throughputs(List<Pair> pairs) {
		return new Table(List.of("pair", "one whole, requests/s", "two halves", "two over one", "counts"),
				IntStream.range(0, pairs.size()).mapToObj((pair) -> pairs.get(pair).cells(pair + 1)).toList());
	}

	private static Table troubles(List<KilledInstance> kills) {
		List<List<String>> rows = new ArrayList<>();
		for (KilledInstance kill : kills) {
			List<String> cells = new ArrayList<>(List.of(String.valueOf(rows.size() + 1)));
			cells.addAll(kill.cells());
			rows.add(cells);
		}
		return new Table(List.of("kill", "failed after it", "reasons", "p99 before, ms", "p99 after, ms",
				"p99 allowed, ms", "seconds to recover"), rows);
	}

	private static List<String> charts(List<Pair> pairs, List<KilledInstance> kills) {
		KilledInstance kill = kills.get(0);
		return List.of(
				new Chart("Throughput", "pair", "requests a second",
						List.of(line("one whole", pairs, Pair::one), line("two halves", pairs, Pair::two)))
					.svg(),
				around(kill, "Latency around the kill after %.1f s, 99th percentile", "ms", (part) -> part.millis(99)),
				around(kill, "Failed requests around the kill after %.1f s", "in half a second", LoadTimeline::failed));
	}

	private static Chart.Line line(String name, List<Pair> pairs, ToDoubleFunction<Pair> figure) {
		return new Chart.Line(name,
				IntStream.range(0, pairs.size())
					.mapToObj((pair) -> new Chart.Point(pair + 1, figure.applyAsDouble(pairs.get(pair))))
					.toList());
	}

	private static String around(KilledInstance kill, String caption, String unit,
			ToDoubleFunction<LoadTimeline> figure) {
		List<Chart.Point> points = kill.timeline()
			.split(LoadTimeline.STEP)
			.stream()
			.map((part) -> new Chart.Point(part.requests().get(0).due(), figure.applyAsDouble(part)))
			.toList();
		return new Chart(caption.formatted(kill.killed()), "seconds", unit, List.of(new Chart.Line("measured", points)))
			.svg();
	}

	private static Map<String, Object> raw(KilledInstance kill) {
		return Map.of("killed", kill.killed(), "halfSeconds",
				kill.timeline()
					.split(LoadTimeline.STEP)
					.stream()
					.map((part) -> Map.of("from", part.requests().get(0).due(), "requests", part.requests().size(),
							"failures", part.failures(), "p50", part.millis(50), "p99", part.millis(99)))
					.toList());
	}

	/**
	 * Two measurements, one after the other.
	 *
	 * @param one requests a second of one instance with the whole quota
	 * @param two those of two instances with half of it each
	 * @param counts whether the quotas were the limit both times
	 */
	record Pair(double one, double two, boolean counts) {

		List<String> cells(int number) {
			return List.of(String.valueOf(number), "%.0f".formatted(this.one), "%.0f".formatted(this.two),
					"%.3f".formatted(this.two / this.one), this.counts ? "yes" : "no");
		}

	}

}
