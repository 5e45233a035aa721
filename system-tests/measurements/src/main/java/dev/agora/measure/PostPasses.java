package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The passes of {@link FeedCost} that publish posts, and wait until all feeds show them.
 */
final class PostPasses {

	private static final List<String> PROCESSES = List.of("feed-service", "redis", "kafka", "mongodb");

	private static final int WARM_UPS = 4;

	private static final int IDLE_SECONDS = 5;

	private final FeedCircle circle;

	private final int posts;

	private final RunningSystem.Instance redis;

	private final Map<String, CpuMeter> meters = new LinkedHashMap<>();

	private final Map<String, List<Double>> costs = new LinkedHashMap<>();

	private final List<Double> deliveries = new ArrayList<>();

	private final List<Double> shares = new ArrayList<>();

	PostPasses(RunningSystem system, FeedCircle circle, int posts) {
		this.circle = circle;
		this.posts = posts;
		this.redis = system.instances("redis").values().iterator().next();
		PROCESSES.forEach((name) -> this.meters.put(name, new CpuMeter(system.instances(name).values())));
	}

	/** Measures a number of passes, each between two runs of redis-benchmark. */
	PostPasses measure(int passes) throws IOException, InterruptedException {
		for (int number = 0; number < WARM_UPS; number++) {
			this.circle.buildAll();
			this.circle.post(this.posts);
		}
		for (CpuMeter meter : this.meters.values()) {
			meter.startIdle();
		}
		TimeUnit.SECONDS.sleep(IDLE_SECONDS);
		for (CpuMeter meter : this.meters.values()) {
			meter.stopIdle();
		}
		for (int number = 0; number < passes; number++) {
			pass();
		}
		return this;
	}

	private void pass() throws IOException, InterruptedException {
		this.circle.buildAll();
		double before = sortedSets();
		for (CpuMeter meter : this.meters.values()) {
			meter.reset();
			meter.start();
		}
		double seconds = this.circle.post(this.posts);
		for (Map.Entry<String, CpuMeter> meter : this.meters.entrySet()) {
			meter.getValue().stop();
			this.costs.computeIfAbsent(meter.getKey(), (name) -> new ArrayList<>())
				.add(meter.getValue().seconds() / this.posts * 1e6);
		}
		double delivered = this.posts * this.circle.ids().size() / seconds;
		this.deliveries.add(delivered);
		this.shares.add(delivered / ((before + sortedSets()) / 2));
	}

	/**
	 * Returns how many ids a second Redis adds to a sorted set of 800 ids, without
	 * trimming it.
	 */
	private double sortedSets() throws IOException, InterruptedException {
		return RedisBenchmark
			.load(this.redis.pid(), URI.create(this.redis.url()).getPort(), 200_000, "-P", "100", "-r", "800", "ZADD",
					"measure:feed", "__rand_int__", "__rand_int__")
			.perSecond();
	}

	/**
	 * Prints the result.
	 * @param unit the CPU time of the hand-written proxy for a request in microseconds
	 */
	void print(double unit) {
		this.costs.forEach((name, each) -> System.out.printf("a post with %d deliveries: %.0f µs of CPU of %s%n",
				this.circle.ids().size(), Ratios.median(each), name));
		Ratios posts = new Ratios(
				this.costs.getOrDefault("feed-service", List.of()).stream().map((cost) -> cost / unit).toList());
		System.out.printf("CPU of a post over the proxy (%.1f µs), goal at most 15: %.1f (95 %%: %s)%n", unit,
				posts.median(), posts.interval());
		Ratios stage = new Ratios(this.shares);
		System.out.printf("%.0f deliveries/s from the request on, over ZADD, goal at least 0.35: %.2f (95 %%: %s)%n",
				Ratios.median(this.deliveries), stage.median(), stage.interval());
	}

}
