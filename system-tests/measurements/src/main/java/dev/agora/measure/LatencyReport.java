package dev.agora.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/** The findings of {@link LatencyExperiment}. */
final class LatencyReport {

	private static final double GOAL = 0.95;

	private static final int OVERLOAD = 150;

	/** A response counts if it comes within a second of the time when it was due. */
	private static final long IN_TIME_MICROS = 1_000_000;

	private LatencyReport() {
	}

	static Findings findings(List<Step> steps, User single, User all) {
		List<Double> full = of(steps, 100).stream().map(Step::goodput).toList();
		List<Double> over = of(steps, OVERLOAD).stream().map(Step::goodput).toList();
		List<Double> pairs = new ArrayList<>();
		for (int pair = 0; pair < full.size(); pair++) {
			pairs.add(over.get(pair) / full.get(pair));
		}
		Ratios ratios = new Ratios(pairs);
		Check check = new Check(
				"responses in time at 150 %% of the capacity over those at 100 %%: %.2f (95 %%: %s), at least %.2f"
					.formatted(ratios.median(), ratios.interval(), GOAL),
				ratios.median() >= GOAL);
		return new Findings(List.of(overload(steps), check), List.of(users(single, all), loads(steps)), charts(steps),
				Map.of("users", List.of(single, all), "steps", steps));
	}

	/** A capacity that was measured too low would prove the claim without an overload. */
	private static Check overload(List<Step> steps) {
		List<Step> over = of(steps, OVERLOAD);
		double share = median(over, Step::goodput) / median(over, Step::perSecond);
		return new Check("at %d %% of the capacity, %.0f %% of the requests got a response in time, at most 90 %%"
			.formatted(OVERLOAD, 100 * share), share <= 0.9);
	}

	private static Table users(User single, User all) {
		return new Table(List.of("users, each of whom waits for the last response", "requests/s", "p50 ms", "p99 ms"),
				List.of(single.cells(), all.cells()));
	}

	private static Table loads(List<Step> steps) {
		return new Table(
				List.of("load that does not wait, % of the capacity", "requests/s", "in time/s", "refused or failed, %",
						"p50 ms", "p99 ms"),
				percents(steps).stream().map((percent) -> row(percent, of(steps, percent))).toList());
	}

	private static List<String> row(int percent, List<Step> measured) {
		return List.of(String.valueOf(percent), "%.0f".formatted(median(measured, Step::perSecond)),
				"%.0f".formatted(median(measured, Step::goodput)),
				"%.1f".formatted(100 * median(measured, Step::refused)), "%.1f".formatted(median(measured, Step::p50)),
				"%.1f".formatted(median(measured, Step::p99)));
	}

	private static List<String> charts(List<Step> steps) {
		List<Chart.Line> rates = List.of(line("sent", steps, Step::perSecond), line("in time", steps, Step::goodput),
				line("refused or failed", steps, (step) -> step.refused() * step.perSecond()));
		List<Chart.Line> latencies = List.of(line("median", steps, Step::p50),
				line("99th percentile", steps, Step::p99));
		return List.of(
				new Chart("Responses within a second of the time when they were due", "load, % of the capacity",
						"requests a second", rates)
					.svg(),
				new Chart("Latency of the successful requests", "load, % of the capacity", "ms", latencies).svg());
	}

	private static Chart.Line line(String name, List<Step> steps, ToDoubleFunction<Step> figure) {
		return new Chart.Line(name,
				percents(steps).stream()
					.map((percent) -> new Chart.Point(percent, median(of(steps, percent), figure)))
					.toList());
	}

	private static List<Integer> percents(List<Step> steps) {
		return steps.stream().map(Step::percent).distinct().sorted().toList();
	}

	private static List<Step> of(List<Step> steps, int percent) {
		return steps.stream().filter((step) -> step.percent() == percent).toList();
	}

	private static double median(List<Step> steps, ToDoubleFunction<Step> figure) {
		return Ratios.median(steps.stream().map(figure::applyAsDouble).toList());
	}

	/**
	 * Users who send a request as soon as they have the last response.
	 *
	 * @param users their number
	 * @param perSecond the responses a second to all of them
	 * @param p50 the median latency in milliseconds
	 * @param p99 its 99th percentile
	 */
	record User(int users, double perSecond, double p50, double p99) {

		List<String> cells() {
			return List.of(String.valueOf(this.users), "%.0f".formatted(this.perSecond), "%.1f".formatted(this.p50),
					"%.1f".formatted(this.p99));
		}

	}

	/**
	 * The outcome of a load that does not wait for responses.
	 *
	 * @param percent the load as a percentage of the capacity
	 * @param perSecond the requests a second
	 * @param goodput the responses in time a second
	 * @param refused the share of refused or failed requests
	 * @param latency the latencies of the others
	 */
	record Step(int percent, double perSecond, double goodput, double refused, Latency latency) {

		static Step of(int percent, OpenLoop.Outcome outcome, int seconds) {
			double sent = outcome.latencies().getTotalCount() + outcome.failed();
			double inTime = outcome.latencies().getCountBetweenValues(0, IN_TIME_MICROS);
			return new Step(percent, sent / seconds, inTime / seconds, outcome.failed() / sent,
					new Latency(outcome.millis(50), outcome.millis(99)));
		}

		double p50() {
			return this.latency.p50();
		}

		double p99() {
			return this.latency.p99();
		}

	}

	/**
	 * Latencies in milliseconds.
	 *
	 * @param p50 the median
	 * @param p99 the 99th percentile
	 */
	record Latency(double p50, double p99) {
	}

}
