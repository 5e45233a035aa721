package dev.agora.measure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.ConcurrentHistogram;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * A load that does not wait for responses: requests are sent on a schedule, and the
 * latency of each counts from its scheduled time (Tene, How NOT to Measure Latency,
 * 2013).
 */
final class OpenLoop {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int SIGNIFICANT_DIGITS = 3;

	private static final int CONNECTIONS = 256;

	private final ConnectionProvider connections = ConnectionProvider.builder("open-loop")
		.maxConnections(CONNECTIONS)
		.pendingAcquireMaxCount(-1)
		.build();

	private final HttpClient http = HttpClient.create(this.connections).responseTimeout(TIMEOUT);

	private final ConcurrentHistogram latencies = new ConcurrentHistogram(TIMEOUT.toMillis() * 2000,
			SIGNIFICANT_DIGITS);

	private final Map<String, LongAdder> byInstance = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

	private final List<URI> addresses;

	private final Map<String, String> headers;

	private final AtomicInteger turn = new AtomicInteger();

	private OpenLoop(List<URI> addresses, Map<String, String> headers) {
		this.addresses = addresses;
		this.headers = headers;
	}

	/** Sends a number of requests a second for some seconds. */
	static Outcome run(URI address, int perSecond, int seconds) {
		return run(List.of(address), perSecond, seconds, Map.of());
	}

	/** Sends a number of requests a second for some seconds, to addresses in turn. */
	static Outcome run(List<URI> addresses, int perSecond, int seconds, Map<String, String> headers) {
		OpenLoop load = new OpenLoop(addresses, headers);
		try {
			Schedule.run(perSecond, seconds, load::send);
		}
		finally {
			load.connections.dispose();
		}
		return new Outcome(load.latencies, load.byInstance, load.failures);
	}

	private Mono<Void> send(long due) {
		return this.http.headers((request) -> this.headers.forEach(request::set))
			.get()
			.uri(this.addresses.get(Math.floorMod(this.turn.getAndIncrement(), this.addresses.size())))
			.responseSingle((response, body) -> body.asByteArray()
				.defaultIfEmpty(new byte[0])
				.doOnNext((whole) -> record(due, response, whole)))
			.onErrorResume((failure) -> Mono.fromRunnable(() -> fail(failure.getClass().getSimpleName())))
			.then();
	}

	private void fail(String reason) {
		this.failures.computeIfAbsent(reason, (first) -> new LongAdder()).increment();
	}

	private void record(long due, HttpClientResponse response, byte[] body) {
		if (response.status().code() != 200 || body.length == 0) {
			fail(ApiRequests.reason(response.status().code(), body));
			return;
		}
		String served = response.responseHeaders().get("X-Served-By", "?");
		this.byInstance.computeIfAbsent(served.substring(served.lastIndexOf('/') + 1), (instance) -> new LongAdder())
			.increment();
		this.latencies.recordValue(
				Math.min(this.latencies.getHighestTrackableValue(), Math.max(1, (System.nanoTime() - due) / 1000)));
	}

	/**
	 * The outcome of a load.
	 *
	 * @param latencies of the successful responses, in microseconds
	 * @param byInstance successful responses by instance
	 * @param failures numbers of failed requests by reason
	 */
	record Outcome(ConcurrentHistogram latencies, Map<String, LongAdder> byInstance, Map<String, LongAdder> failures) {

		long failed() {
			return this.failures.values().stream().mapToLong(LongAdder::sum).sum();
		}

		double millis(double percentile) {
			return this.latencies.getValueAtPercentile(percentile) / 1000.0;
		}

		double share(String instance) {
			LongAdder served = this.byInstance.get(instance);
			return (served != null) ? (double) served.sum() / this.latencies.getTotalCount() : 0;
		}

	}

}
