package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/** Shows that latency and throughput are two things, and that overload is refused. */
final class LatencyExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("latency",
			"Beyond its capacity, the system refuses requests instead of queueing them: it completes as many in time at "
					+ "150 % of its capacity as at 100 %.",
			"At 150 % of the capacity, less than 0.95 of the requests are answered within a second that are at 100 %.",
			"the gateway admits any number of requests at once",
			new Claim.Effort("three minutes", "a minute", "nothing"));

	private static final double GOAL = 0.95;

	/** A response counts if it comes within a second of the time when it was due. */
	private static final long IN_TIME_MICROS = 1_000_000;

	private static final int READERS = 64;

	private static final int WINDOWS = 8;

	private static final double STEADY = 0.05;

	private static final String NO_LIMIT = "100000";

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public List<String> options() {
		return List.of("--optimize");
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		try (Children children = new Children(Files.createTempDirectory("agora-show"))) {
			String path = new Visitor(run.system().gatewayUrl()).newProduct();
			URI gateway = gateway(children, run);
			children.awaitReady(gateway.resolve(path));
			double capacity = findCapacity(gateway, path, run.quick() ? 5 : 10);
			OpenLoop.run(gateway.resolve(path), (int) (capacity / 2), 5);
			List<Step> steps = new ArrayList<>();
			for (int percent : run.quick() ? List.of(10, 50, 100, 150) : List.of(10, 25, 50, 75, 90, 100, 125, 150)) {
				steps.add(measure(gateway.resolve(path), percent, capacity, run.quick() ? 4 : 10));
			}
			return findings(steps, capacity);
		}
	}

	private static URI gateway(Children children, Run run) throws IOException {
		int port = Children.freePort();
		Map<String, String> environment = new HashMap<>(run.system().gatewayEnvironment(port, Children.freePort()));
		if (run.planted()) {
			List.of("MIN", "INITIAL", "INFLIGHT")
				.forEach((limit) -> environment.put("GATEWAY_SHED_" + limit, NO_LIMIT));
		}
		children.jar(run.system().gatewayJar(), environment);
		return URI.create("http://127.0.0.1:" + port);
	}

	private static double findCapacity(URI gateway, String path, int seconds) throws InterruptedException {
		double last = 0;
		for (int window = 0; window < WINDOWS; window++) {
			double before = last;
			try (Readers readers = new Readers(List.of(gateway), List.of(path), READERS, Map.of())) {
				TimeUnit.SECONDS.sleep(seconds);
				last = (double) readers.responses() / seconds;
			}
			System.out.printf("capacity: %.0f requests/s%n", last);
			if (window > 1 && Math.abs(last - before) < STEADY * before) {
				break;
			}
		}
		return last;
	}

	private static Step measure(URI address, int percent, double capacity, int seconds) {
		long start = System.nanoTime();
		OpenLoop.Outcome outcome = OpenLoop.run(address, Math.max(1, (int) (capacity * percent / 100)), seconds);
		double elapsed = (System.nanoTime() - start) / 1e9;
		long inTime = outcome.latencies().getCountBetweenValues(0, IN_TIME_MICROS);
		Step step = new Step(percent, inTime / elapsed, outcome.failed(), outcome.millis(50), outcome.millis(99));
		System.out.printf("%d %%: %.0f in time/s, %d refused or failed, p99 %.1f ms%n", percent, step.goodput(),
				step.failed(), step.p99());
		return step;
	}

	private static Findings findings(List<Step> steps, double capacity) {
		double full = at(steps, 100);
		double ratio = at(steps, 150) / full;
		Check check = new Check("responses in time at 150 %% of the capacity over those at 100 %%: %.2f, at least %.2f"
			.formatted(ratio, GOAL), ratio >= GOAL);
		Table table = new Table(
				List.of("load, % of the capacity", "in time/s", "refused or failed", "p50 ms", "p99 ms"),
				steps.stream().map(Step::cells).toList());
		return new Findings(List.of(check), List.of(table),
				List.of(chart("Responses in time", "a second", steps, Step::goodput),
						chart("Latency, 99th percentile", "ms", steps, Step::p99)),
				Map.of("capacity", capacity, "steps", steps));
	}

	private static double at(List<Step> steps, int percent) {
		return steps.stream().filter((step) -> step.percent() == percent).findFirst().orElseThrow().goodput();
	}

	private static String chart(String caption, String unit, List<Step> steps, ToDoubleFunction<Step> figure) {
		List<Chart.Point> points = steps.stream()
			.map((step) -> new Chart.Point(step.percent(), figure.applyAsDouble(step)))
			.toList();
		return new Chart(caption, "load, % of the capacity", unit, List.of(new Chart.Line("measured", points))).svg();
	}

	/**
	 * The outcome of a load.
	 *
	 * @param percent the load as a percentage of the capacity
	 * @param goodput the responses in time a second
	 * @param failed the number of refused or failed requests
	 * @param p50 the median latency of the others in milliseconds
	 * @param p99 its 99th percentile
	 */
	record Step(int percent, double goodput, long failed, double p50, double p99) {

		List<String> cells() {
			return List.of(String.valueOf(this.percent), "%.0f".formatted(this.goodput), String.valueOf(this.failed),
					"%.1f".formatted(this.p50), "%.1f".formatted(this.p99));
		}

	}

}
