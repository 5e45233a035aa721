package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.HdrHistogram.Histogram;
import org.bson.BsonDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/**
 * Measures how long a post takes to the last feed against Kafka alone, and the rebuild of
 * a timeline against the query of its activities alone.
 */
@Command(name = "feed-latency", description = "Compare the time from a post to the last feed with bare Kafka at half "
		+ "load, and the rebuild of a timeline with the query of its activities.")
final class FeedLatency implements Callable<Integer> {

	private static final int WARM_UPS = 4;

	private static final int BATCH = 100;

	private static final int HISTORY = 500;

	@Option(names = "--root", defaultValue = ".", description = "Folder of the project.")
	private Path root = Path.of(".");

	@Option(names = "--data", defaultValue = ".agora", description = "Data directory of the running system.")
	private Path data = Path.of(".agora");

	@Option(names = "--members", defaultValue = "40", description = "Number of members; each follows all others.")
	private int members;

	@Option(names = "--rounds", defaultValue = "5", description = "Number of pairs of measurements.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "6", description = "Seconds per measurement of one side.")
	private int seconds;

	@Override
	public Integer call() throws IOException, InterruptedException {
		RunningSystem system = new RunningSystem(this.root, this.data);
		FeedCircle circle = new FeedCircle(system, this.members);
		circle.buildAll();
		circle.fill(HISTORY);
		compareRebuilds(system, circle);
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

	private void compareRebuilds(RunningSystem system, FeedCircle circle) throws IOException, InterruptedException {
		try (MongoClient client = MongoClients.create("mongodb://" + port(system, "mongodb"))) {
			MongoCollection<BsonDocument> activities = client.getDatabase("feed")
				.getCollection("activities", BsonDocument.class);
			List<Double> ratios = new ArrayList<>();
			List<Double> queries = new ArrayList<>();
			for (int round = -1; round < this.rounds; round++) {
				String identity = circle.identity();
				List<Double> rebuilds = new ArrayList<>();
				List<Double> raw = new ArrayList<>();
				for (int number = 0; number < BATCH; number++) {
					rebuilds.add(circle.rebuild(identity));
					raw.add(query(activities, circle.ids()));
				}
				if (round >= 0) {
					queries.add(Ratios.median(raw) * 1e3);
					ratios.add(Ratios.median(rebuilds) / Ratios.median(raw));
				}
			}
			System.out.printf("query of %d activities: %.1f ms%n", HISTORY, Ratios.median(queries));
			print("rebuild over the query, goal at most 1.25", ratios);
		}
	}

	private static double query(MongoCollection<BsonDocument> activities, List<String> authors) {
		long started = System.nanoTime();
		List<BsonDocument> found = Flux
			.from(activities.find(Filters.in("value.author.id", authors))
				.sort(Sorts.descending("_id"))
				.limit(HISTORY)
				.batchSize(HISTORY))
			.collectList()
			.block();
		if (found == null || found.size() != HISTORY) {
			throw new Problem("The query has not found " + HISTORY + " activities.");
		}
		return (System.nanoTime() - started) / 1e9;
	}

	private static String port(RunningSystem system, String process) {
		return "127.0.0.1:" + URI.create(system.instances(process).values().iterator().next().url()).getPort();
	}

	private static void print(String name, List<Double> all) {
		Ratios ratios = new Ratios(all);
		System.out.printf("%s: %.2f (95 %%: %s)%n", name, ratios.median(), ratios.interval());
	}

}
