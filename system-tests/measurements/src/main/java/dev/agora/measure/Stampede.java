package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Counts the reads of MongoDB after Redis was flushed under the load of many readers.
 * Each object should be read once.
 */
@Command(name = "stampede", description = "Flush Redis under many readers, and count the reads of MongoDB by product. "
		+ "It needs ./agora up, best with --clones product-service=3.")
final class Stampede implements Callable<Integer> {

	private static final String SERVICE = "product-service";

	@Option(names = "--root", defaultValue = ".", description = "Folder of the project.")
	private Path root = Path.of(".");

	@Option(names = "--data", defaultValue = ".agora", description = "Data directory of the running system.")
	private Path data = Path.of(".agora");

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
		RunningSystem system = new RunningSystem(this.root, this.data);
		Map<String, RunningSystem.Instance> instances = system.instances(SERVICE);
		Redis redis = new Redis(system.instances("redis").values().iterator().next());
		List<String> paths = new Visitor(system.gatewayUrl()).newProducts(this.products);
		ServiceMetrics metrics = new ServiceMetrics(
				instances.values().stream().map(RunningSystem.Instance::managementUrl).toList());
		List<Double> ratios = new ArrayList<>();
		System.out.printf("%d readers, %d products, %d instances%n", this.readers, this.products, instances.size());
		System.out.println("| flush | loads from MongoDB | by cause | loads ÷ products | requests/s |");
		System.out.println("| --- | --- | --- | --- | --- |");
		try (Readers load = new Readers(addresses(instances), paths, this.readers, Map.of())) {
			TimeUnit.SECONDS.sleep(this.warmUp);
			for (int flush = 1; flush <= this.flushes; flush++) {
				ratios.add(flush(flush, metrics, redis, load));
			}
			return report(ratios, load);
		}
	}

	/** With less than one load of a product, the flush had no effect. */
	private int report(List<Double> ratios, Readers load) {
		boolean expected = ratios.stream().allMatch((ratio) -> ratio >= 1 && ratio <= this.limit);
		System.out.printf("%d requests, %d of them failed%n", load.responses() + load.failures(), load.failures());
		System.out.printf("loads ÷ products: %.3f on average; expected is 1 to %.3f in each flush%n",
				ratios.stream().mapToDouble(Double::doubleValue).average().orElseThrow(), this.limit);
		return (expected && load.failures() == 0) ? 0 : 1;
	}

	private static List<URI> addresses(Map<String, RunningSystem.Instance> instances) {
		return instances.values().stream().map((instance) -> URI.create(instance.url())).toList();
	}

	/** Flushes Redis, and waits until each product was read twice since. */
	private double flush(int number, ServiceMetrics metrics, Redis redis, Readers load)
			throws IOException, InterruptedException {
		Map<String, Double> loads = loads(metrics);
		long start = System.nanoTime();
		long before = load.responses();
		redis.flush();
		load.awaitEachRead(2, Duration.ofSeconds(60));
		TimeUnit.SECONDS.sleep(1);
		double seconds = (System.nanoTime() - start) / 1e9;
		double perSecond = (load.responses() - before) / seconds;
		Map<String, Double> since = loads(metrics);
		since.replaceAll((cause, count) -> count - loads.getOrDefault(cause, 0.0));
		double sum = since.values().stream().mapToDouble(Double::doubleValue).sum();
		System.out.printf("| %d | %.0f | %s | %.3f | %.0f |%n", number, sum, describe(since), sum / this.products,
				perSecond);
		return sum / this.products;
	}

	private static Map<String, Double> loads(ServiceMetrics metrics) throws IOException, InterruptedException {
		return metrics.sumsBy("cache_loads_seconds_count", "cache=\"product:product\"", "cause");
	}

	private static String describe(Map<String, Double> loads) {
		return loads.entrySet()
			.stream()
			.filter((cause) -> cause.getValue() > 0)
			.map((cause) -> "%s %.0f".formatted(cause.getKey(), cause.getValue()))
			.collect(Collectors.joining(", "));
	}

}
