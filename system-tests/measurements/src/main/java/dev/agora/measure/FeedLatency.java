package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how long a post takes to the last feed against Kafka alone. */
@Command(name = "feed-latency",
		description = "Compare the time from a post to the last feed with bare Kafka at half load.")
final class FeedLatency implements Callable<Integer> {

	private static final int WARM_UPS = 4;

	private static final int BATCH = 100;

	private static final int HISTORY = 500;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--members", defaultValue = "40", description = "Number of members; each follows all others.")
	private int members;

	@Option(names = "--rounds", defaultValue = "5", description = "Number of pairs of measurements.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "6", description = "Seconds per measurement of one side.")
	private int seconds;

	@Override
	public Integer call() throws IOException, InterruptedException {
		RunningSystem system = this.options.open();
		FeedCircle circle = new FeedCircle(system, this.members);
		circle.buildAll();
		circle.fill(HISTORY);
		compareTimes(system, circle);
		return 0;
	}

	private void compareTimes(RunningSystem system, FeedCircle circle) throws IOException, InterruptedException {
		double second = 0;
		for (int number = 0; number < WARM_UPS; number++) {
			second = circle.post(BATCH);
		}
		int rate = Math.max(1, (int) (BATCH / second / 2));
		System.out.printf("capacity %.0f posts/s, so %d posts/s%n", BATCH / second, rate);
		new KafkaRoundTrip(port(system, "kafka")).run(rate, this.seconds);
		FreshnessTimes feeds = new FreshnessTimes(system.instances("feed-service").values());
		List<Double> medians = new ArrayList<>();
		List<Double> tails = new ArrayList<>();
		for (int number = 0; number < this.rounds; number++) {
			Histogram bare = new KafkaRoundTrip(port(system, "kafka")).run(rate, this.seconds);
			feeds.start();
			circle.postAt(rate, this.seconds);
			double p50 = feeds.percentile(50) * 1e3;
			double p99 = feeds.percentile(99) * 1e3;
			System.out.printf("post to the last feed: p50 %.1f ms, p99 %.1f ms; Kafka alone: %.2f ms, %.2f ms%n", p50,
					p99, bare.getValueAtPercentile(50) / 1e3, bare.getValueAtPercentile(99) / 1e3);
			medians.add(p50 * 1e3 / bare.getValueAtPercentile(50));
			tails.add(p99 * 1e3 / bare.getValueAtPercentile(99));
		}
		print("p50 over Kafka alone, goal at most 2", medians);
		print("p99 over Kafka alone, goal at most 3", tails);
	}

	private static String port(RunningSystem system, String process) {
		return "127.0.0.1:" + URI.create(system.instances(process).values().iterator().next().url()).getPort();
	}

	private static void print(String name, List<Double> all) {
		Ratios ratios = new Ratios(all);
		System.out.printf("%s: %.2f (95 %%: %s)%n", name, ratios.median(), ratios.interval());
	}

}
