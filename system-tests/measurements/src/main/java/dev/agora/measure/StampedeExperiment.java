package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/** Shows that a lost cache does not hurt the store: each object is loaded once. */
final class StampedeExperiment implements Experiment {

	private static final String SERVICE = "product-service";

	private static final Claim CLAIM = new Claim("stampede",
			"When Redis loses all cached products under 1,000 readers, MongoDB is asked for each product once.",
			"A flush that causes more or less than one load of a product, or a request that fails.",
			"Redis is flushed twenty times in a row, so that it loses the leases of the loads too",
			new Claim.Effort("seven minutes", "four minutes", "three instances of product-service"));

	private static final int PRODUCTS = 200;

	private static final int READERS = 1_000;

	private static final double LIMIT = 1;

	private static final int REPEATED = 20;

	private static final int PER_SECOND = 100;

	private static final int SECONDS = 5;

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public List<String> options() {
		return List.of("--optimize", "--no-console", "--clones", "product-service=3");
	}

	@Override
	public String reading() {
		return "The first chart has the loads from MongoDB after each flush, divided by the products: 1 is the least that "
				+ "is possible. The line above is of instances whose readers do not wait for the one that holds the "
				+ "lease. The second chart has the latency of reads that arrive on a schedule beside the readers, in the "
				+ "five seconds before a flush and in the five after it; 1,000 readers in a closed loop keep the machine "
				+ "busy all the time, so the distance between the lines counts, not their height.";
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		List<String> paths = new Visitor(run.system().gatewayUrl()).newProducts(PRODUCTS);
		List<Lost> leased;
		long failed;
		try (FlushedCache cache = new FlushedCache(run.system(), run.system().instances(SERVICE).values(), paths,
				READERS)) {
			leased = flush(cache, run, run.planted() ? REPEATED : 1);
			failed = cache.failures();
		}
		return findings(leased, withoutLeases(run, paths), failed);
	}

	private static List<Lost> withoutLeases(Run run, List<String> paths) throws IOException, InterruptedException {
		try (Children children = run.children()) {
			OwnInstances own = new OwnInstances(run.system(), SERVICE);
			Collection<RunningSystem.Instance> instances = new ArrayList<>();
			for (int instance = 0; instance < run.system().instances(SERVICE).size(); instance++) {
				instances.add(own.start(children, Map.of("AGORA_CACHE_LEASEWAIT", "0s", "AGORA_KAFKA_CONSUME", "false",
						"AGORA_JOBS_WORKER_ENABLED", "false")));
			}
			try (FlushedCache cache = new FlushedCache(run.system(), instances, paths, READERS)) {
				return flush(cache, run, 1);
			}
		}
	}

	private static List<Lost> flush(FlushedCache cache, Run run, int times) throws IOException, InterruptedException {
		TimeUnit.SECONDS.sleep(run.quick() ? 20 : 40);
		cache.endWarmUp();
		List<Lost> losses = new ArrayList<>();
		for (int number = 0; number < (run.quick() ? 2 : 8); number++) {
			double before = cache.p99(PER_SECOND, SECONDS);
			CompletableFuture<Double> after = CompletableFuture.supplyAsync(() -> cache.p99(PER_SECOND, SECONDS));
			FlushedCache.Flush flush = cache.flush(times);
			losses.add(new Lost(flush, before, after.join()));
		}
		return losses;
	}

	private static Findings findings(List<Lost> leased, List<Lost> unleased, long failed) {
		double highest = leased.stream().mapToDouble(Lost::perProduct).max().orElseThrow();
		double lowest = leased.stream().mapToDouble(Lost::perProduct).min().orElseThrow();
		List<Check> checks = List.of(
				new Check("loads of a product: %.3f in the worst flush, at most %.0f".formatted(highest, LIMIT),
						highest <= LIMIT),
				new Check("loads of a product: %.3f in the best flush, at least 1, so each flush had an effect"
					.formatted(lowest), lowest >= 1),
				new Check("%d requests failed, allowed are none".formatted(failed), failed == 0));
		List<List<String>> rows = new ArrayList<>();
		leased.forEach((lost) -> rows.add(lost.cells("with leases")));
		unleased.forEach((lost) -> rows.add(lost.cells("without")));
		Table table = new Table(List.of("instances", "loads from MongoDB", "by cause", "loads ÷ products", "requests/s",
				"p99 of 5 s before, ms", "p99 of 5 s after, ms"), rows);
		return new Findings(checks, List.of(table), charts(leased, unleased),
				Map.of("leased", leased, "unleased", unleased));
	}

	private static List<String> charts(List<Lost> leased, List<Lost> unleased) {
		List<Integer> flushes = IntStream.range(0, leased.size()).boxed().toList();
		Chart loads = new Chart("Loads of a product after each flush", "flush", "loads ÷ products",
				List.of(Chart.Line.of("with leases", flushes, (flush) -> flush + 1,
						(flush) -> leased.get(flush).perProduct()),
						Chart.Line.of("without leases", flushes, (flush) -> flush + 1,
								(flush) -> unleased.get(flush).perProduct())));
		Chart latency = new Chart("Latency of reads around a flush, 99th percentile", "flush", "ms",
				List.of(Chart.Line.of("five seconds before", flushes, (flush) -> flush + 1,
						(flush) -> leased.get(flush).before()),
						Chart.Line.of("five seconds after", flushes, (flush) -> flush + 1,
								(flush) -> leased.get(flush).after()),
						Chart.Line.of("after, no leases", flushes, (flush) -> flush + 1,
								(flush) -> unleased.get(flush).after())));
		return List.of(loads.svg(), latency.svg());
	}

	/**
	 * A lost cache.
	 *
	 * @param flush its effects
	 * @param before the 99th percentile of the latency in the five seconds before in ms
	 * @param after that in the five seconds after
	 */
	record Lost(FlushedCache.Flush flush, double before, double after) {

		double perProduct() {
			return this.flush.perProduct();
		}

		List<String> cells(String instances) {
			return List.of(instances, "%.0f".formatted(this.flush.loads()), this.flush.causes(),
					"%.3f".formatted(perProduct()), "%.0f".formatted(this.flush.perSecond()),
					"%.1f".formatted(this.before), "%.1f".formatted(this.after));
		}

	}

}
