package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Readers of products, whose cached copies are lost when Redis is flushed. */
final class FlushedCache implements AutoCloseable {

	private static final String SERVICE = "product-service";

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final long BETWEEN_FLUSHES_MILLIS = 50;

	private final ServiceMetrics metrics;

	private final Redis redis;

	private final int products;

	private final Readers readers;

	private final List<URI> addresses;

	private final AtomicLong failed = new AtomicLong();

	private long failedBefore;

	/** Creates products, and starts to read them in turn from all running instances. */
	FlushedCache(RunningSystem system, int products, int readers) throws IOException, InterruptedException {
		this(system, system.instances(SERVICE).values(), new Visitor(system.gatewayUrl()).newProducts(products),
				readers);
	}

	/** Starts to read products in turn from some instances. */
	FlushedCache(RunningSystem system, Collection<RunningSystem.Instance> instances, List<String> paths, int readers) {
		this.metrics = new ServiceMetrics(instances.stream().map(RunningSystem.Instance::managementUrl).toList());
		this.redis = new Redis(system.instances("redis").values().iterator().next());
		this.products = paths.size();
		List<URI> urls = instances.stream().map((instance) -> URI.create(instance.url())).toList();
		System.out.printf("%d readers, %d products, %d instances%n", readers, paths.size(), urls.size());
		this.addresses = urls.stream().flatMap((url) -> paths.stream().map((path) -> URI.create(url + path))).toList();
		this.readers = new Readers(urls, paths, readers, Map.of());
	}

	/**
	 * Measures the latency of reads that arrive on a schedule beside the readers.
	 * @return the 99th percentile in ms
	 */
	double p99(int perSecond, int seconds) {
		OpenLoop.Outcome outcome = OpenLoop.run(this.addresses, perSecond, seconds, Map.of());
		this.failed.addAndGet(outcome.failed());
		return outcome.millis(99);
	}

	/**
	 * Flushes Redis, and waits until each product was read twice since.
	 * @param times how often it is flushed in a row; more than once, Redis loses the
	 * leases of the loads too
	 */
	Flush flush(int times) throws IOException, InterruptedException {
		Map<String, Double> loads = loads();
		long start = System.nanoTime();
		long before = this.readers.responses();
		for (int time = 1; time <= times; time++) {
			this.redis.flush();
			TimeUnit.MILLISECONDS.sleep((time < times) ? BETWEEN_FLUSHES_MILLIS : 0);
		}
		this.readers.awaitEachRead(2, LIMIT);
		TimeUnit.SECONDS.sleep(1);
		double seconds = (System.nanoTime() - start) / 1e9;
		double perSecond = (this.readers.responses() - before) / seconds;
		Map<String, Double> since = loads();
		since.replaceAll((cause, count) -> count - loads.getOrDefault(cause, 0.0));
		double sum = since.values().stream().mapToDouble(Double::doubleValue).sum();
		return new Flush(sum, describe(since), sum / this.products, perSecond);
	}

	/** Returns the number of all requests. */
	long requests() {
		return this.readers.responses() + this.readers.failures();
	}

	/** Returns the number of failed requests since the warm-up. */
	long failures() {
		return this.readers.failures() + this.failed.get() - this.failedBefore;
	}

	/**
	 * Ends the warm-up, whose failures do not count: a thousand readers of processes that
	 * have just started say nothing about a lost cache.
	 */
	void endWarmUp() {
		this.failedBefore = this.readers.failures() + this.failed.get();
		System.out.printf("%d reads failed during the warm-up%n", this.failedBefore);
	}

	private Map<String, Double> loads() throws IOException, InterruptedException {
		return this.metrics.sumsBy("cache_loads_seconds_count", "cache=\"product:product\"", "cause");
	}

	private static String describe(Map<String, Double> loads) {
		return loads.entrySet()
			.stream()
			.filter((cause) -> cause.getValue() > 0)
			.map((cause) -> "%s %.0f".formatted(cause.getKey(), cause.getValue()))
			.collect(Collectors.joining(", "));
	}

	@Override
	public void close() {
		this.readers.close();
	}

	/**
	 * The effects of a flush.
	 *
	 * @param loads the number of reads of MongoDB
	 * @param causes these reads by their cause
	 * @param perProduct the number of reads of a product, on average
	 * @param perSecond the number of requests a second meanwhile
	 */
	record Flush(double loads, String causes, double perProduct, double perSecond) {
	}

}
