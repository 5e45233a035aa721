package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/** Shows that a lost cache does not hurt the store: each object is loaded once. */
final class StampedeExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("stampede",
			"When Redis loses all cached products under 1,000 readers, MongoDB is asked for each product once.",
			"A flush that causes more than 1.1 loads of a product on average, or a request that fails.",
			"Redis is flushed twenty times in a row, so that it loses the leases of the loads too",
			new Claim.Effort("a minute", "30 s", "three instances of product-service"));

	private static final int PRODUCTS = 200;

	private static final int READERS = 1_000;

	private static final double LIMIT = 1.1;

	private static final int REPEATED = 20;

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public List<String> options() {
		return List.of("--optimize", "--clones", "product-service=3");
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		List<FlushedCache.Flush> flushes = new ArrayList<>();
		try (FlushedCache cache = new FlushedCache(run.system(), PRODUCTS, READERS)) {
			TimeUnit.SECONDS.sleep(run.quick() ? 10 : 20);
			for (int number = 0; number < (run.quick() ? 2 : 8); number++) {
				flushes.add(cache.flush(run.planted() ? REPEATED : 1));
			}
			return findings(flushes, cache);
		}
	}

	private static Findings findings(List<FlushedCache.Flush> flushes, FlushedCache cache) {
		double highest = flushes.stream().mapToDouble(FlushedCache.Flush::perProduct).max().orElseThrow();
		double lowest = flushes.stream().mapToDouble(FlushedCache.Flush::perProduct).min().orElseThrow();
		List<Check> checks = List.of(
				new Check("loads of a product: %.3f in the worst flush, at most %.2f".formatted(highest, LIMIT),
						highest <= LIMIT),
				new Check("loads of a product: %.3f in the best flush, at least 1, so each flush had an effect"
					.formatted(lowest), lowest >= 1),
				new Check("%d of %d requests failed, allowed are none".formatted(cache.failures(), cache.requests()),
						cache.failures() == 0));
		return new Findings(checks, List.of(table(flushes)), List.of(chart(flushes).svg()), flushes);
	}

	private static Table table(List<FlushedCache.Flush> flushes) {
		return new Table(List.of("flush", "loads from MongoDB", "by cause", "loads ÷ products", "requests/s"),
				IntStream.range(0, flushes.size()).mapToObj((number) -> row(number, flushes.get(number))).toList());
	}

	private static List<String> row(int number, FlushedCache.Flush flush) {
		return List.of(String.valueOf(number + 1), "%.0f".formatted(flush.loads()), flush.causes(),
				"%.3f".formatted(flush.perProduct()), "%.0f".formatted(flush.perSecond()));
	}

	private static Chart chart(List<FlushedCache.Flush> flushes) {
		List<Chart.Point> measured = IntStream.range(0, flushes.size())
			.mapToObj((number) -> new Chart.Point(number + 1, flushes.get(number).perProduct()))
			.toList();
		List<Chart.Point> ideal = measured.stream().map((point) -> new Chart.Point(point.x(), 1)).toList();
		return new Chart("Loads of a product after each flush", "flush", "loads ÷ products",
				List.of(new Chart.Line("measured", measured), new Chart.Line("each product once", ideal)));
	}

}
