package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

	private static final Pattern LOADS = Pattern
		.compile("cache_loads_seconds_count\\{[^}]*cache=\"product:product\"[^}]*} ([0-9.E]+)");

	private static final Pattern UNCACHED = Pattern
		.compile("cache_reads_total\\{[^}]*cache=\"product:product\"[^}]*result=\"bypass\"[^}]*} ([0-9.E]+)");

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

	private final HttpClient http = HttpClient.newHttpClient();

	@Override
	public Integer call() throws IOException, InterruptedException {
		RunningSystem system = new RunningSystem(this.root, this.data);
		Map<String, RunningSystem.Instance> instances = system.instances(SERVICE);
		Redis redis = new Redis(system.instances("redis").values().iterator().next());
		List<String> paths = new Visitor(system.gatewayUrl()).newProducts(this.products);
		List<Double> ratios = new ArrayList<>();
		System.out.printf("%d readers, %d products, %d instances%n", this.readers, this.products, instances.size());
		System.out.println("| flush | loads from MongoDB | of them without Redis | loads ÷ products | requests/s |");
		System.out.println("| --- | --- | --- | --- | --- |");
		try (Readers load = new Readers(addresses(instances), paths, this.readers, Map.of())) {
			TimeUnit.SECONDS.sleep(this.warmUp);
			for (int flush = 1; flush <= this.flushes; flush++) {
				ratios.add(flush(flush, instances, redis, load));
			}
			System.out.printf("%d requests, %d of them failed%n", load.responses() + load.failures(), load.failures());
		}
		System.out.printf("loads ÷ products: %.3f in all flushes together%n",
				ratios.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
		return 0;
	}

	private static List<URI> addresses(Map<String, RunningSystem.Instance> instances) {
		return instances.values().stream().map((instance) -> URI.create(instance.url())).toList();
	}

	/** Flushes Redis, and waits until each product was read twice since. */
	private double flush(int number, Map<String, RunningSystem.Instance> instances, Redis redis, Readers load)
			throws IOException, InterruptedException {
		double loads = sum(instances, LOADS);
		double uncached = sum(instances, UNCACHED);
		long start = System.nanoTime();
		long before = load.responses();
		redis.flush();
		load.awaitEachRead(2, Duration.ofSeconds(60));
		TimeUnit.SECONDS.sleep(1);
		double seconds = (System.nanoTime() - start) / 1e9;
		double perSecond = (load.responses() - before) / seconds;
		loads = sum(instances, LOADS) - loads;
		System.out.printf("| %d | %.0f | %.0f | %.3f | %.0f |%n", number, loads, sum(instances, UNCACHED) - uncached,
				loads / this.products, perSecond);
		return loads / this.products;
	}

	private double sum(Map<String, RunningSystem.Instance> instances, Pattern metric)
			throws IOException, InterruptedException {
		double sum = 0;
		for (RunningSystem.Instance instance : instances.values()) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(instance.managementUrl() + "/actuator/prometheus"))
				.build();
			Matcher found = metric.matcher(this.http.send(request, HttpResponse.BodyHandlers.ofString()).body());
			while (found.find()) {
				sum += Double.parseDouble(found.group(1));
			}
		}
		return sum;
	}

}
