package dev.agora.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures the time from a post of an author with one follower until the follower's feed
 * has it, alone and while an author with very many followers posts.
 */
@Command(name = "fan-out",
		description = "Measure the delay of a small author's posts while another author posts to many followers. It "
				+ "needs FEED_FANOUT_PULLTHRESHOLD=1000000 ./agora up --mongodb-memory 2g, so that all authors are "
				+ "pushed.")
final class FanOutDelay implements Callable<Integer> {

	private static final double LIMIT = 2;

	private static final int WARM_UP = 50;

	private static final String PUSHES = "feed_fanout_pushes_total";

	private static final Duration APPLIED = Duration.ofMinutes(10);

	private static final int IDLE_SECONDS = 5;

	private static final int POSTS_AT_ONCE = 10;

	private static final Duration DELIVERED = Duration.ofMinutes(3);

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--followers", defaultValue = "100000", description = "Followers of the large author.")
	private int followers;

	@Option(names = "--posts", defaultValue = "100",
			description = "Posts of the small author, alone and at least during.")
	private int posts;

	@Override
	public Integer call() throws Exception {
		RunningSystem system = this.options.open();
		FeedMember large = new FeedMember(system.gatewayUrl());
		new ImportedFollowers(system).follow(large.handle(), this.followers);
		ServiceMetrics metrics = ServiceMetrics.of(system, "feed-service");
		awaitFollows(metrics);
		FeedMember small = new FeedMember(system.gatewayUrl());
		FeedMember follower = new FeedMember(system.gatewayUrl());
		follower.follow(small);
		PostDelay.measure(small, follower, WARM_UP);
		Histogram alone = PostDelay.measure(small, follower, this.posts);
		return report(alone, measureDuring(large, () -> PostDelay.measure(small, follower, POSTS_AT_ONCE), metrics));
	}

	private int report(Histogram alone, Histogram during) {
		System.out.println("| posts of the small author | p50 ms | p99 ms |");
		System.out.println("| --- | --- | --- |");
		print("alone", alone);
		print("during posts to %d followers".formatted(this.followers), during);
		double ratio = (double) during.getValueAtPercentile(99) / alone.getValueAtPercentile(99);
		System.out.printf("p99 during ÷ alone: %.2f, goal at most %.0f; %d posts meanwhile%n", ratio, LIMIT,
				during.getTotalCount());
		return (ratio <= LIMIT) ? 0 : 1;
	}

	/**
	 * Measures posts of the small author while exactly one post of the large one is being
	 * delivered, until one of these is delivered to all.
	 */
	private Histogram measureDuring(FeedMember large, Callable<Histogram> posts, ServiceMetrics metrics)
			throws Exception {
		Histogram delays = new Histogram(3);
		double before = metrics.sum(PUSHES);
		double pushed = 0;
		long deadline = System.nanoTime() + DELIVERED.toNanos();
		for (int sent = 0; delays.getTotalCount() < this.posts || pushed < this.followers;) {
			if (System.nanoTime() > deadline) {
				throw new Problem("The posts of the large author were not pushed, so the delay says nothing. "
						+ "Start the system with FEED_FANOUT_PULLTHRESHOLD=1000000 ./agora up --mongodb-memory 2g.");
			}
			if (pushed >= (double) sent * this.followers) {
				large.post();
				sent++;
			}
			delays.add(posts.call());
			pushed = metrics.sum(PUSHES) - before;
		}
		return delays;
	}

	/** Waits until feed-service has applied all events for some seconds. */
	private static void awaitFollows(ServiceMetrics metrics) throws IOException, InterruptedException {
		long deadline = System.nanoTime() + APPLIED.toNanos();
		for (int idle = 0; idle < IDLE_SECONDS; idle = (metrics.sum("feed_fanout_lag") == 0) ? idle + 1 : 0) {
			if (System.nanoTime() > deadline) {
				throw new Problem(
						"Feed-service has not applied the follows within %d minutes.".formatted(APPLIED.toMinutes()));
			}
			TimeUnit.SECONDS.sleep(1);
		}
	}

	private static void print(String name, Histogram delays) {
		System.out.printf("| %s | %.1f | %.1f |%n", name, delays.getValueAtPercentile(50) / 1000.0,
				delays.getValueAtPercentile(99) / 1000.0);
	}

}
