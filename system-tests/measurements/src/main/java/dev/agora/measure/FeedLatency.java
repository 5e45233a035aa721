package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.agora.measure.PostClient.TimedPost;

/** Measures how long a post takes to the last feed against Kafka alone. */
@Command(name = "feed-latency",
		description = "Compare the time from a post to the last feed with bare Kafka at half load. "
				+ "It takes about three minutes.")
final class FeedLatency implements Callable<Integer> {

	private static final long MAX_MICROS = 60_000_000;

	private static final double P50_GOAL = 2;

	private static final double P99_GOAL = 3;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--members", defaultValue = "40", description = "Number of members; each follows all others.")
	private int members;

	@Option(names = "--rounds", defaultValue = "5", description = "Number of pairs of measurements.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "6", description = "Seconds per measurement of one side.")
	private int seconds;

	@Option(names = "--rate", description = "Posts a second, instead of half of the capacity.")
	private int rate;

	@Override
	public Integer call() throws IOException, InterruptedException {
		RunningSystem system = this.options.open();
		FeedCircle circle = new FeedCircle(system, this.members);
		circle.buildAll();
		double capacity = new PostWarmUp(circle, new CpuMeter(system.instances("feed-service").values())).run();
		int perSecond = (this.rate > 0) ? this.rate : Math.max(1, (int) (capacity / 2));
		System.out.printf("capacity %.0f posts/s, so %d posts/s%n", capacity, perSecond);
		return compare(system, circle, perSecond);
	}

	/** The first pair warms the clients, and does not count. */
	private int compare(RunningSystem system, FeedCircle circle, int perSecond)
			throws IOException, InterruptedException {
		StageTimes stages = new StageTimes(ServiceMetrics.of(system, "feed-service"));
		List<Pair> pairs = new ArrayList<>();
		for (int number = 0; number <= this.rounds; number++) {
			boolean kafkaFirst = number % 2 == 0;
			@Nullable Histogram before = kafkaFirst ? kafka(system, perSecond) : null;
			circle.buildAll();
			stages.start();
			Posts posts = posts(system, circle, perSecond);
			stages.stop();
			Pair pair = new Pair((before != null) ? before : kafka(system, perSecond), posts);
			pair.print();
			if (number > 0) {
				pairs.add(pair);
			}
		}
		stages.print();
		return report(pairs);
	}

	private Histogram kafka(RunningSystem system, int perSecond) throws InterruptedException {
		URI broker = URI.create(system.instances("kafka").values().iterator().next().url());
		return new KafkaRoundTrip("127.0.0.1:" + broker.getPort()).run(perSecond, this.seconds);
	}

	private Posts posts(RunningSystem system, FeedCircle circle, int perSecond)
			throws IOException, InterruptedException {
		try (ArrivalWatch watch = new ArrivalWatch(system.instances("redis").values().iterator().next(),
				circle.timeline(circle.ids().size() - 1))) {
			List<TimedPost> posted = circle.postAt(perSecond, this.seconds);
			watch.await(posted.stream().map(TimedPost::id).toList());
			Posts posts = new Posts(new Histogram(MAX_MICROS, 3), new Histogram(MAX_MICROS, 3));
			for (TimedPost post : posted) {
				posts.responses().recordValue(Math.max(1, (post.responded() - post.due()) / 1000));
				posts.feeds().recordValue(Math.max(1, (watch.arrivalOf(post.id()) - post.due()) / 1000));
			}
			return posts;
		}
	}

	private static int report(List<Pair> pairs) {
		Ratios medians = new Ratios(pairs.stream().map((pair) -> pair.ratio(50)).toList());
		Ratios tails = new Ratios(pairs.stream().map((pair) -> pair.ratio(99)).toList());
		System.out.printf("p50 over Kafka alone, goal at most %.0f: %.2f (95 %%: %s)%n", P50_GOAL, medians.median(),
				medians.interval());
		System.out.printf("p99 over Kafka alone, goal at most %.0f: %.2f (95 %%: %s)%n", P99_GOAL, tails.median(),
				tails.interval());
		return (medians.median() <= P50_GOAL && tails.median() <= P99_GOAL) ? 0 : 1;
	}

	/**
	 * The latencies of posts in microseconds, from the time at which the request was due.
	 *
	 * @param responses until the response
	 * @param feeds until the post is in the feed of the last follower
	 */
	private record Posts(Histogram responses, Histogram feeds) {
	}

	/** Kafka alone and posts, one after the other. */
	private record Pair(Histogram kafka, Posts posts) {

		double ratio(double percentile) {
			return (double) this.posts.feeds().getValueAtPercentile(percentile)
					/ this.kafka.getValueAtPercentile(percentile);
		}

		void print() {
			System.out.printf("p50 and p99 in ms: %s to the last feed, %s to the response, %s Kafka alone%n",
					text(this.posts.feeds()), text(this.posts.responses()), text(this.kafka));
		}

		private static String text(Histogram times) {
			return "%.2f %.2f".formatted(times.getValueAtPercentile(50) / 1e3, times.getValueAtPercentile(99) / 1e3);
		}

	}

}
