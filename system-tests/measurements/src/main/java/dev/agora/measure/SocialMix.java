package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures the latency of the mixed workload of DeathStarBench at four fifths of the
 * capacity.
 */
@Command(name = "mix",
		description = "Send the mix of DeathStarBench's social network (60 %% home feed, 30 %% author feed, 10 %% post): "
				+ "find the capacity, then measure the latency at 80 %% of it in an open loop. It takes about "
				+ "four minutes.")
final class SocialMix implements Callable<Integer> {

	private static final double GOAL_MILLIS = 50;

	private static final double LOAD = 0.8;

	private static final double STEADY = 0.03;

	private static final int WINDOWS = 8;

	/** Builds the timelines of all readers, and compiles the code. */
	private static final int WARM_UP_SECONDS = 60;

	private static final int WINDOW_SECONDS = 8;

	private static final int CONNECTIONS = 32;

	private static final long LIMIT_SECONDS = 120;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Mixin
	private SocialOptions social = new SocialOptions();

	@Option(names = "--posts", defaultValue = "2000", description = "Posts before the measurement.")
	private int posts;

	@Option(names = "--rounds", defaultValue = "3", description = "Number of open loops.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "15", description = "Seconds of one open loop.")
	private int seconds;

	@Option(names = "--rate", description = "Requests a second, instead of 80 %% of the capacity.")
	private int rate;

	@Option(names = "--seed", defaultValue = "1", description = "The seed of the requests.")
	private long seed;

	@Option(names = "--minutes", defaultValue = "15", description = "No round begins after this time.")
	private int minutes;

	@Option(names = "--any-load", description = "Also measure while other processes are busy: a trial only.")
	private boolean anyLoad;

	@Override
	public Integer call() throws IOException, InterruptedException {
		TimeLimit limit = TimeLimit.ofMinutes(this.minutes);
		RunningSystem system = this.options.open();
		ForeignLoad foreign = new ForeignLoad(system, this.anyLoad);
		foreign.requireQuiet();
		SocialMembers members = this.social.members(system);
		Path logs = Files.createTempDirectory("agora-measure");
		System.out.println("The output of the process is in " + logs);
		try (Children children = new Children(logs)) {
			String gateway = children.unlimitedGateway(system);
			children.pids().forEach(foreign::add);
			MixedLoad load = new MixedLoad(gateway, members, this.seed);
			ServiceMetrics metrics = ServiceMetrics.of(system, "feed-service");
			load.post(this.posts, CONNECTIONS);
			load.closed(CONNECTIONS, WARM_UP_SECONDS);
			int perSecond = (this.rate > 0) ? this.rate : (int) (LOAD * findCapacity(load, metrics));
			System.out.printf("open loop: %d requests/s%n", perSecond);
			return report(measure(load, perSecond, foreign, limit), perSecond, metrics);
		}
	}

	/**
	 * Finds how many requests a second the system completes. The time counts until all
	 * posts of a window are delivered, so that no backlog is part of the capacity.
	 */
	private double findCapacity(MixedLoad load, ServiceMetrics metrics) throws IOException, InterruptedException {
		double last = 0;
		for (int window = 0; window < WINDOWS; window++) {
			double before = last;
			long start = System.nanoTime();
			MixedLoad.Outcome outcome = load.closed(CONNECTIONS, WINDOW_SECONDS);
			double loop = (System.nanoTime() - start) / 1e9;
			awaitDeliveries(metrics);
			last = outcome.successful() / ((System.nanoTime() - start) / 1e9);
			System.out.printf("capacity: %.0f requests/s in the loop, %.0f with all deliveries, %d failed%n",
					outcome.successful() / loop, last, outcome.failed());
			if (window > 1 && Math.abs(last - before) < STEADY * before) {
				return Math.min(last, before);
			}
		}
		System.out.println("The capacity did not become steady, probably since other processes use the machine.");
		return last;
	}

	/** Waits until the number of completed fan-outs stays the same for a moment. */
	private static double awaitDeliveries(ServiceMetrics metrics) throws IOException, InterruptedException {
		long start = System.nanoTime();
		double last = -1;
		double now = completed(metrics);
		while (now > last) {
			if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
				throw new Problem("The posts were not delivered within " + LIMIT_SECONDS + " s.");
			}
			last = now;
			TimeUnit.MILLISECONDS.sleep(200);
			now = completed(metrics);
		}
		return now;
	}

	private static double completed(ServiceMetrics metrics) throws IOException, InterruptedException {
		return metrics.sum("feed_freshness_seconds_count");
	}

	private MixedLoad.Outcome measure(MixedLoad load, int perSecond, ForeignLoad foreign, TimeLimit limit)
			throws IOException, InterruptedException {
		MixedLoad.Outcome all = MixedLoad.Outcome.empty();
		// A cold generator starts late and then sends a burst.
		load.open(perSecond, 2);
		for (int round = 1; round <= this.rounds && !limit.isReached(); round++) {
			foreign.start();
			double generator = Cpu.ofProcess(ProcessHandle.current().pid());
			MixedLoad.Outcome outcome = load.open(perSecond, this.seconds);
			generator = Cpu.ofProcess(ProcessHandle.current().pid()) - generator;
			System.out.printf("round %d: p99 %.1f ms, %d failed %s; the generator used %.2f cores%n", round,
					millis(outcome.latencies().values(), 99), outcome.failed(), outcome.failures(),
					generator / this.seconds);
			if (foreign.isQuiet(foreign.stop())) {
				all.add(outcome);
			}
		}
		if (all.successful() == 0) {
			throw new Problem("No round counts. Repeat the measurement on an idle machine.");
		}
		return all;
	}

	private static int report(MixedLoad.Outcome outcome, int perSecond, ServiceMetrics metrics)
			throws IOException, InterruptedException {
		System.out.printf("at %d requests/s:%n| request | responses | p50 ms | p99 ms |%n| --- | --- | --- | --- |%n",
				perSecond);
		for (MixedLoad.Kind kind : MixedLoad.Kind.values()) {
			print(kind.text(), List.of(outcome.of(kind)));
		}
		print("all", outcome.latencies().values());
		double p99 = Arrays.stream(MixedLoad.Kind.values())
			.mapToDouble((kind) -> millis(List.of(outcome.of(kind)), 99))
			.max()
			.orElseThrow();
		boolean met = p99 <= GOAL_MILLIS && outcome.failed() == 0;
		long start = System.nanoTime();
		awaitDeliveries(metrics);
		System.out.printf("%d failed %s; with none of n, the true rate is below 3/n: %.4f %%%n", outcome.failed(),
				outcome.failures(), 300.0 / outcome.successful());
		System.out.printf("all posts were delivered %.1f s after the last request%n",
				(System.nanoTime() - start) / 1e9);
		System.out.printf("highest p99 %.1f ms, goal at most %.0f ms and no failure: %s%n", p99, GOAL_MILLIS,
				met ? "met" : "missed");
		return met ? 0 : 1;
	}

	private static void print(String name, Iterable<Histogram> latencies) {
		long count = 0;
		for (Histogram each : latencies) {
			count += each.getTotalCount();
		}
		System.out.printf("| %s | %d | %.1f | %.1f |%n", name, count, millis(latencies, 50), millis(latencies, 99));
	}

	private static double millis(Iterable<Histogram> latencies, double percentile) {
		Histogram sum = new Histogram(3);
		latencies.forEach(sum::add);
		return sum.getValueAtPercentile(percentile) / 1000.0;
	}

}
