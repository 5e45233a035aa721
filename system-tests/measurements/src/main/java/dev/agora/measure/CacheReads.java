package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Readers of products, the popular ones more often, with the cache or without it. */
final class CacheReads {

	private static final String SERVICE = "product-service";

	private static final int PRODUCTS = 1_000;

	private static final int SENTENCES = 40;

	private static final int DRAWN = 20_000;

	private static final int READERS = 16;

	private final Experiment.Run run;

	private final List<URI> instances;

	private final List<String> drawn;

	private final List<String> paths;

	private final ServiceMetrics metrics;

	private final ServiceMeters meters;

	private final Redis redis;

	private final double idleOperations;

	/** Imports the products. */
	CacheReads(Experiment.Run run) throws IOException, InterruptedException {
		this.run = run;
		this.instances = run.system()
			.instances(SERVICE)
			.values()
			.stream()
			.map((each) -> URI.create(each.url()))
			.toList();
		this.paths = new ImportedProducts(run.system(), PRODUCTS, SENTENCES).ids()
			.stream()
			.map((id) -> "/products/" + id)
			.toList();
		this.drawn = Zipf.draw(this.paths, DRAWN);
		this.metrics = ServiceMetrics.of(run.system(), SERVICE);
		this.redis = new Redis(run.system().instances("redis").values().iterator().next());
		this.meters = ServiceMeters.calibrated(run.system().instances(SERVICE).values(),
				ServiceMeters.storesOf(run.system(), "mongodb"), run.quick() ? 3 : 10);
		this.idleOperations = idleOperations(run.quick() ? 3 : 10);
	}

	/** Returns the operations a second that the service needs without requests. */
	private double idleOperations(int seconds) throws IOException, InterruptedException {
		double before = operations();
		long start = System.nanoTime();
		TimeUnit.SECONDS.sleep(seconds);
		return (operations() - before) / secondsSince(start);
	}

	private static double secondsSince(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	Redis redis() {
		return this.redis;
	}

	/** Reads all products, and then until the cost of a read is steady. */
	void warmUp() throws IOException, InterruptedException {
		readAll();
		SteadyCost.await(this.run, "cached reads", () -> measure(true).cpu());
		SteadyCost.await(this.run, "reads without the cache", () -> measure(false).cpu());
	}

	/** Reads each product once. */
	void readAll() throws InterruptedException {
		try (Readers readers = new Readers(this.instances, this.paths, READERS, Map.of())) {
			readers.awaitEachRead(1, Duration.ofSeconds(60));
		}
	}

	/**
	 * Measures reads for some seconds.
	 * @param cached whether the cache may answer
	 */
	Cost measure(boolean cached) throws IOException, InterruptedException {
		Map<String, String> headers = cached ? Map.of() : Map.of("Consistency", "strong");
		double loads = loads();
		double operations = operations();
		long start = System.nanoTime();
		try (Readers readers = new Readers(this.instances, this.drawn, READERS, headers)) {
			this.meters.start();
			read();
			CpuCost cost = this.meters.stop(readers.responses());
			if (readers.failures() > 0) {
				throw new Problem(readers.failures() + " reads failed.");
			}
			double idle = this.idleOperations * secondsSince(start);
			return new Cost(cost, loads() - loads, Math.max(0, operations() - operations - idle));
		}
	}

	private void read() throws IOException, InterruptedException {
		for (int tenth = 0; tenth < (this.run.quick() ? 30 : 80); tenth++) {
			TimeUnit.MILLISECONDS.sleep(100);
			if (this.run.planted()) {
				this.redis.flush();
			}
		}
	}

	private double operations() throws IOException, InterruptedException {
		return this.metrics.sum("mongodb_operations_total");
	}

	private double loads() throws IOException, InterruptedException {
		return this.metrics.sum("cache_loads_seconds_count");
	}

	/**
	 * The cost of some reads.
	 *
	 * @param cpu their CPU time
	 * @param loads the loads from MongoDB into the cache
	 * @param operations the operations of the service on MongoDB, without those that it
	 * needs without requests
	 */
	record Cost(CpuCost cpu, double loads, double operations) {

		double loadsPerThousand() {
			return this.loads * 1_000 / this.cpu.operations();
		}

		double operationsPerThousand() {
			return this.operations * 1_000 / this.cpu.operations();
		}

		double serviceMicros() {
			return this.cpu.serviceMicros();
		}

		double storeMicros() {
			return this.cpu.storeMicros();
		}

		double hitRatio() {
			return Math.max(0, 1 - this.loads / this.cpu.operations());
		}

	}

}
