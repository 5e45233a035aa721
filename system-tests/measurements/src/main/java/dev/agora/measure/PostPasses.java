package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The passes of {@link FeedCost} that publish posts, and wait until all feeds show them.
 */
final class PostPasses {

	private static final List<String> PROCESSES = List.of("feed-service", "redis", "kafka", "mongodb");

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
		new PostWarmUp(this.circle, Objects.requireNonNull(this.meters.get(PROCESSES.get(0)))).run();
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
		double before = sortedSets();
		this.meters.values().forEach(CpuMeter::reset);
		double seconds = 0;
		for (int left = this.posts; left > 0; left -= PostWarmUp.BATCH) {
			seconds += post(Math.min(left, PostWarmUp.BATCH));
		}
		this.meters.forEach((name, meter) -> this.costs.computeIfAbsent(name, (added) -> new ArrayList<>())
			.add(meter.seconds() / this.posts * 1e6));
		double delivered = this.posts * this.circle.ids().size() / seconds;
		this.deliveries.add(delivered);
		this.shares.add(delivered / ((before + sortedSets()) / 2));
	}

	/** Publishes posts into new timelines, and measures all processes meanwhile. */
	private double post(int number) throws IOException, InterruptedException {
		this.circle.buildAll();
		for (CpuMeter meter : this.meters.values()) {
			meter.start();
		}
		double seconds = this.circle.post(number);
		for (CpuMeter meter : this.meters.values()) {
			meter.stop();
		}
		return seconds;
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
