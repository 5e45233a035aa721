package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times from a post until it is in the feed of every follower, as feed-service counts
 * them in the buckets of its histogram.
 */
final class FreshnessTimes {

	private static final Pattern BUCKET = Pattern
		.compile("(?m)^feed_freshness_seconds_bucket\\{[^}]*le=\"([0-9.E+-]+)\"[^}]*} ([0-9.E+-]+)$");

	private final HttpClient http = HttpClient.newHttpClient();

	private final List<URI> addresses;

	private Map<Double, Double> before = Map.of();

	FreshnessTimes(Collection<RunningSystem.Instance> instances) {
		this.addresses = instances.stream()
			.map((instance) -> URI.create(instance.managementUrl() + "/actuator/prometheus"))
			.toList();
	}

	/** Forgets the posts so far. */
	void start() throws IOException, InterruptedException {
		this.before = read();
	}

	/** Returns the upper bound of the bucket with a percentile, in seconds. */
	double percentile(double percentile) throws IOException, InterruptedException {
		Map<Double, Double> counts = read();
		counts.replaceAll((bound, count) -> count - this.before.getOrDefault(bound, 0.0));
		double total = counts.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
		return counts.entrySet()
			.stream()
			.filter((bucket) -> total > 0 && bucket.getValue() >= total * percentile / 100)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseThrow(() -> new Problem("feed-service has counted no post."));
	}

	/** Returns the numbers of posts up to each bound. */
	private Map<Double, Double> read() throws IOException, InterruptedException {
		Map<Double, Double> counts = new TreeMap<>();
		for (URI address : this.addresses) {
			HttpRequest request = HttpRequest.newBuilder(address).build();
			Matcher bucket = BUCKET.matcher(this.http.send(request, HttpResponse.BodyHandlers.ofString()).body());
			while (bucket.find()) {
				counts.merge(Double.valueOf(bucket.group(1)), Double.valueOf(bucket.group(2)), Double::sum);
			}
		}
		return counts;
	}

}
