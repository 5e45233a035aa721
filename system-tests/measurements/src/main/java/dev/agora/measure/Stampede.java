package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Counts the reads of MongoDB after Redis was flushed under the load of many readers.
 * Each object should be read once.
 */
@Command(name = "stampede", description = "Flush Redis under many readers, and count the reads of MongoDB by product. "
		+ "It needs ./agora up, best with --clones product-service=3.")
final class Stampede implements Callable<Integer> {

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--products", defaultValue = "200", description = "Number of products.")
	private int products;

	@Option(names = "--readers", defaultValue = "1000", description = "Number of concurrent readers.")
	private int readers;

	@Option(names = "--flushes", defaultValue = "5", description = "Number of flushes.")
	private int flushes;

	@Option(names = "--warm-up", defaultValue = "10", description = "Seconds of reading before the first flush.")
	private int warmUp;

	@Option(names = "--limit", defaultValue = "1.1",
			description = "Most loads of a product and flush; the command fails above it.")
	private double limit;

	@Override
	public Integer call() throws IOException, InterruptedException {
		RunningSystem system = this.options.open();
		System.out.println("| flush | loads from MongoDB | by cause | loads ÷ products | requests/s |");
		System.out.println("| --- | --- | --- | --- | --- |");
		List<Double> ratios = new ArrayList<>();
		try (FlushedCache cache = new FlushedCache(system, this.products, this.readers)) {
			TimeUnit.SECONDS.sleep(this.warmUp);
			for (int number = 1; number <= this.flushes; number++) {
				FlushedCache.Flush flush = cache.flush(1);
				System.out.printf("| %d | %.0f | %s | %.3f | %.0f |%n", number, flush.loads(), flush.causes(),
						flush.perProduct(), flush.perSecond());
				ratios.add(flush.perProduct());
			}
			return report(ratios, cache);
		}
	}

	/** With less than one load of a product, the flush had no effect. */
	private int report(List<Double> ratios, FlushedCache cache) {
		boolean expected = ratios.stream().allMatch((ratio) -> ratio >= 1 && ratio <= this.limit);
		System.out.printf("%d requests, %d of them failed%n", cache.requests(), cache.failures());
		System.out.printf("loads ÷ products: %.3f on average; expected is 1 to %.3f in each flush%n",
				ratios.stream().mapToDouble(Double::doubleValue).average().orElseThrow(), this.limit);
		return (expected && cache.failures() == 0) ? 0 : 1;
	}

}
