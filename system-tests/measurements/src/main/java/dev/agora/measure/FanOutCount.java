package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of fan-outs that an instance of feed-service has completed. */
final class FanOutCount {

	private static final Pattern COUNT = Pattern
		.compile("(?m)^feed_freshness_seconds_count(?:\\{[^}]*})? ([0-9.E+]+)$");

	private static final long BOUND_SECONDS = 60;

	private final HttpClient http = HttpClient.newHttpClient();

	private final URI metrics;

	FanOutCount(RunningSystem.Instance instance) {
		this.metrics = URI.create(instance.managementUrl() + "/actuator/prometheus");
	}

	long read() throws IOException, InterruptedException {
		String body = this.http.send(HttpRequest.newBuilder(this.metrics).build(), HttpResponse.BodyHandlers.ofString())
			.body();
		Matcher count = COUNT.matcher(body);
		if (!count.find()) {
			throw new Problem(this.metrics + " has no count of feed.freshness.");
		}
		return Double.valueOf(count.group(1)).longValue();
	}

	void await(long count) throws IOException, InterruptedException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
		while (read() < count) {
			if (System.nanoTime() > end) {
				throw new Problem("The fan-outs were not complete after " + BOUND_SECONDS + " s.");
			}
			TimeUnit.MILLISECONDS.sleep(500);
		}
	}

}
