package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/** Shows that cached objects take the load off the store. */
final class CacheExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("cache",
			"Reads of cached products cost MongoDB at most a tenth of what the same reads cost it without the cache.",
			"More than 50 loads from MongoDB in 1,000 cached reads, or more than a tenth of its CPU time.",
			"Redis is flushed ten times a second", new Claim.Effort("two minutes", "30 s", "nothing"));

	private static final String SERVICE = "product-service";

	private static final double MAX_LOADS = 50;

	private static final double MAX_SHARE = 0.1;

	private static final int PRODUCTS = 500;

	/** Drawn from the products with the probability of Zipf's law. */
	private static final int DRAWN = 5_000;

	private static final int READERS = 16;

	private static final long SEED = 5;

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
		List<String> paths = draw(new Visitor(run.system().gatewayUrl()).newProducts(PRODUCTS));
		Meters meters = Meters.calibrated(run);
		List<Cost> cached = new ArrayList<>();
		List<Cost> stored = new ArrayList<>();
		int pairs = run.quick() ? 2 : 6;
		for (int pair = -1; pair < pairs; pair++) {
			Cost with = measure(new ReadSide(run, paths, true), meters);
			Cost without = measure(new ReadSide(run, paths, false), meters);
			// The first pair warms the processes up.
			if (pair >= 0) {
				cached.add(with);
				stored.add(without);
			}
		}
		return findings(cached, stored);
	}

	/** The product of rank n is read in proportion to 1/n. */
	private static List<String> draw(List<String> products) {
		double[] sums = new double[products.size()];
		double sum = 0;
		for (int rank = 0; rank < sums.length; rank++) {
			sum += 1.0 / (rank + 1);
			sums[rank] = sum;
		}
		SplittableRandom random = new SplittableRandom(SEED);
		List<String> drawn = new ArrayList<>();
		for (int number = 0; number < DRAWN; number++) {
			int found = Arrays.binarySearch(sums, random.nextDouble() * sum);
			drawn.add(products.get((found < 0) ? -found - 1 : found));
		}
		return Collections.unmodifiableList(drawn);
	}

	private static Cost measure(ReadSide side, Meters meters) throws IOException, InterruptedException {
		RunningSystem system = side.run().system();
		ServiceMetrics metrics = ServiceMetrics.of(system, SERVICE);
		Redis redis = new Redis(system.instances("redis").values().iterator().next());
		List<URI> addresses = system.instances(SERVICE)
			.values()
			.stream()
			.map((each) -> URI.create(each.url()))
			.toList();
		double loads = metrics.sum("cache_loads_seconds_count");
		meters.start();
		Map<String, String> headers = side.cached() ? Map.of() : Map.of("Consistency", "strong");
		try (Readers readers = new Readers(addresses, side.paths(), READERS, headers)) {
			read(side.run(), redis);
			meters.stop();
			if (readers.failures() > 0) {
				throw new Problem(readers.failures() + " reads failed.");
			}
			return new Cost(readers.responses(), metrics.sum("cache_loads_seconds_count") - loads,
					meters.service().seconds(), meters.store().seconds());
		}
	}

	private static void read(Run run, Redis redis) throws IOException, InterruptedException {
		for (int tenth = 0; tenth < (run.quick() ? 30 : 80); tenth++) {
			TimeUnit.MILLISECONDS.sleep(100);
			if (run.planted()) {
				redis.flush();
			}
		}
	}

	private static Findings findings(List<Cost> cached, List<Cost> stored) {
		double loads = median(cached, Cost::loadsPerThousand);
		double share = median(cached, Cost::storeMicros) / median(stored, Cost::storeMicros);
		List<Check> checks = List.of(
				new Check("%.1f loads from MongoDB in 1,000 cached reads, at most %.0f".formatted(loads, MAX_LOADS),
						loads <= MAX_LOADS),
				new Check("cached reads cost MongoDB %.3f of the CPU time of others, at most %.1f".formatted(share,
						MAX_SHARE), share <= MAX_SHARE));
		Table table = new Table(List.of("reads", "loads in 1,000", "CPU µs of product-service", "CPU µs of MongoDB"),
				List.of(row("with the cache", cached), row("without it", stored)));
		Chart chart = new Chart("CPU time of MongoDB for a read", "pair of measurements", "CPU µs",
				List.of(line("with the cache", cached), line("without it", stored)));
		return new Findings(checks, List.of(table), List.of(chart.svg()), Map.of("cached", cached, "stored", stored));
	}

	private static List<String> row(String name, List<Cost> costs) {
		return List.of(name, "%.1f".formatted(median(costs, Cost::loadsPerThousand)),
				"%.1f".formatted(median(costs, Cost::serviceMicros)),
				"%.1f".formatted(median(costs, Cost::storeMicros)));
	}

	private static Chart.Line line(String name, List<Cost> costs) {
		List<Chart.Point> points = new ArrayList<>();
		for (int pair = 0; pair < costs.size(); pair++) {
			points.add(new Chart.Point(pair + 1, Math.max(0, costs.get(pair).storeMicros())));
		}
		return new Chart.Line(name, points);
	}

	private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
		return Ratios.median(costs.stream().mapToDouble(figure).boxed().toList());
	}

	/**
	 * One of the compared kinds of reads.
	 *
	 * @param run the run
	 * @param paths the paths that are read in turn
	 * @param cached whether the cache may answer
	 */
	private record ReadSide(Run run, List<String> paths, boolean cached) {
	}

	/**
	 * The meters of the CPU time, without what the processes need when nobody reads.
	 *
	 * @param service of product-service
	 * @param store of MongoDB
	 */
	private record Meters(CpuMeter service, CpuMeter store) {

		static Meters calibrated(Run run) throws IOException, InterruptedException {
			Meters meters = new Meters(new CpuMeter(run.system().instances(SERVICE).values()),
					new CpuMeter(run.system().instances("mongodb").values()));
			meters.service.startIdle();
			meters.store.startIdle();
			TimeUnit.SECONDS.sleep(run.quick() ? 3 : 10);
			meters.service.stopIdle();
			meters.store.stopIdle();
			return meters;
		}

		void start() throws IOException {
			this.service.reset();
			this.store.reset();
			this.service.start();
			this.store.start();
		}

		void stop() throws IOException {
			this.service.stop();
			this.store.stop();
		}

	}

	/**
	 * The cost of some reads.
	 *
	 * @param reads their number
	 * @param loads the loads from MongoDB into the cache
	 * @param service the CPU time of product-service in seconds
	 * @param store the CPU time of MongoDB in seconds
	 */
	record Cost(long reads, double loads, double service, double store) {

		double loadsPerThousand() {
			return this.loads * 1_000 / this.reads;
		}

		double serviceMicros() {
			return this.service / this.reads * 1e6;
		}

		double storeMicros() {
			return this.store / this.reads * 1e6;
		}

	}

}
