package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Reads, writes and deletes products at random while Redis is flushed and processes are
 * killed, and then compares each product in the cache with MongoDB.
 */
@Command(name = "staleness",
		description = "Read, change and delete products at random while Redis is flushed and processes are killed, "
				+ "then compare the cache with MongoDB. It needs ./agora up --clones product-service=2.")
final class StaleReads implements Callable<Integer> {

	private static final double MIN_ANSWERED = 0.9;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--operations", defaultValue = "20000",
			description = "Number of operations, more if the faults take longer.")
	private int operations;

	@Option(names = "--clients", defaultValue = "16", description = "Number of concurrent clients.")
	private int clients;

	@Option(names = "--faults", defaultValue = "30", description = "Number of flushes and kills.")
	private int faults;

	@Option(names = "--seed", description = "Seed of the operations and faults, by default a random one.")
	private long seed = System.nanoTime();

	@Override
	public Integer call() throws IOException, InterruptedException {
		System.out.println("Seed " + this.seed);
		RunningSystem system = this.options.open();
		Path logs = Files.createTempDirectory("agora-measure");
		try (Children children = new Children(logs)) {
			String gateway = children.unlimitedGateway(system);
			SharedCatalogue catalogue = new SharedCatalogue(this.operations);
			run(system, gateway, catalogue);
			System.out.println("operations: " + catalogue.counts());
			requireAnswers(catalogue);
			return compare(system, catalogue) ? 0 : 1;
		}
	}

	private void run(RunningSystem system, String gateway, SharedCatalogue catalogue)
			throws IOException, InterruptedException {
		SplittableRandom random = new SplittableRandom(this.seed);
		ExecutorService threads = Executors.newFixedThreadPool(this.clients + 1);
		List<Future<?>> running = new ArrayList<>();
		for (int client = 0; client < this.clients; client++) {
			running.add(threads.submit(new RandomClient(gateway, catalogue, random.split())));
		}
		running.add(threads.submit(new RandomFaults(system, catalogue, this.faults, random.split())));
		threads.shutdown();
		for (Future<?> each : running) {
			join(each, catalogue);
		}
	}

	private static void join(Future<?> running, SharedCatalogue catalogue) throws InterruptedException {
		try {
			while (!isDone(running)) {
				System.out.printf("%.0f %% of the operations, %s%n", catalogue.progress() * 100, catalogue.counts());
			}
		}
		catch (ExecutionException ex) {
			throw new Problem("A client or the faults have stopped: " + ex.getCause());
		}
	}

	/** Waits for a client or the faults, until the next progress is due. */
	private static boolean isDone(Future<?> running) throws ExecutionException, InterruptedException {
		try {
			running.get(10, TimeUnit.SECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
	}

	/** A run in which most operations failed says little about the cache. */
	private void requireAnswers(SharedCatalogue catalogue) {
		if (catalogue.answered() < this.operations * MIN_ANSWERED) {
			throw new Problem("Only " + catalogue.answered() + " of " + this.operations + " operations were answered.");
		}
	}

	private boolean compare(RunningSystem system, SharedCatalogue catalogue) throws InterruptedException {
		CacheComparison comparison = new CacheComparison(system.instances("product-service").values());
		long start = System.nanoTime();
		List<String> stale = comparison.awaitEqual(catalogue.all());
		System.out.printf("%d products at %d instances compared with MongoDB: %d stale, after %.1f s%n",
				catalogue.all().size(), system.instances("product-service").size(), stale.size(),
				(System.nanoTime() - start) / 1e9);
		stale.forEach(System.out::println);
		return stale.isEmpty();
	}

}
