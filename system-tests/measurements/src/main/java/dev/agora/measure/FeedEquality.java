package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Posts, deletes, follows, unfollows, blocks and reads at random while Redis loses keys
 * and processes are killed, and then compares each home feed with the one that a strong
 * read computes from MongoDB.
 */
@Command(name = "feeds",
		description = "Post, delete, follow, unfollow, block and read feeds at random while Redis loses keys and processes "
				+ "are killed, then compare every feed with MongoDB. It needs ./agora up --clones feed-service=2.")
final class FeedEquality implements Callable<Integer> {

	private static final long BOUND_SECONDS = 120;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--steps", defaultValue = "6000", description = "Number of random steps.")
	private int steps;

	@Option(names = "--rounds", defaultValue = "3",
			description = "Number of rounds; the feeds are compared after each.")
	private int rounds;

	@Option(names = "--clients", defaultValue = "8", description = "Number of concurrent clients.")
	private int clients;

	@Option(names = "--members", defaultValue = "24", description = "Number of members.")
	private int members;

	@Option(names = "--seed", description = "Seed of the steps and faults, by default a random one.")
	private long seed = System.nanoTime();

	@Override
	public Integer call() throws IOException, InterruptedException {
		System.out.println("Seed " + this.seed);
		RunningSystem system = this.options.open();
		try (Children children = new Children(Files.createTempDirectory("agora-measure"))) {
			String gateway = children.unlimitedGateway(system);
			List<FeedMember> all = new ArrayList<>();
			for (int member = 0; member < this.members; member++) {
				all.add(new FeedMember(gateway));
			}
			int different = 0;
			SplittableRandom random = new SplittableRandom(this.seed);
			for (int round = 1; round <= this.rounds; round++) {
				run(system, all, random);
				different += compare(all, round);
			}
			return (different == 0) ? 0 : 1;
		}
	}

	private void run(RunningSystem system, List<FeedMember> all, SplittableRandom random) throws InterruptedException {
		AtomicInteger remaining = new AtomicInteger(this.steps / this.rounds);
		FeedFaults faults = new FeedFaults(system, all, random.split(), remaining);
		ExecutorService threads = Executors.newFixedThreadPool(this.clients + 1);
		List<Future<?>> running = new ArrayList<>();
		int each = this.members / this.clients;
		for (int client = 0; client < this.clients; client++) {
			List<FeedMember> own = all.subList(client * each, (client + 1) * each);
			running.add(threads.submit(new FeedClient(own, all, random.split(), remaining)));
		}
		running.add(threads.submit(faults));
		threads.shutdown();
		for (Future<?> part : running) {
			await(part);
		}
		System.out.println("faults: " + faults.counts());
	}

	private static void await(Future<?> part) throws InterruptedException {
		try {
			part.get();
		}
		catch (ExecutionException ex) {
			throw new Problem("A client or the faults have stopped: " + ex.getCause());
		}
	}

	/** Waits until all events are applied, and returns the number of different feeds. */
	private int compare(List<FeedMember> all, int round) throws InterruptedException {
		long start = System.nanoTime();
		List<FeedMember> different = all;
		int entries = 0;
		while (!different.isEmpty() && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(BOUND_SECONDS)) {
			List<FeedMember> still = new ArrayList<>();
			for (FeedMember member : different) {
				List<String> expected = member.feed("strong");
				boolean equal = member.feed("session").equals(expected);
				entries += equal ? expected.size() : 0;
				still.addAll(equal ? List.of() : List.of(member));
			}
			different = still;
		}
		System.out.printf("round %d: %d feeds with %d entries compared with MongoDB, %d different, after %.1f s%n",
				round, all.size(), entries, different.size(), (System.nanoTime() - start) / 1e9);
		return different.size();
	}

}
