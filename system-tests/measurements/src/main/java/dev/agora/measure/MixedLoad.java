package dev.agora.measure;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;

/**
 * The mixed workload of the social network of DeathStarBench (Gan et al., An Open-Source
 * Benchmark Suite for Microservices and Their Hardware-Software Implications for Cloud
 * and Edge Systems, ASPLOS 2019): of 100 requests, 60 read the home feed, 30 read the
 * feed of an author, and 10 post.
 */
final class MixedLoad {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int CONNECTIONS = 256;

	private static final int MAX_ATTEMPTS = 8;

	/** A page without an entry is shorter, and nothing would be measured by it. */
	private static final int MIN_BODY = 100;

	private static final String BODY = "{\"text\":\"" + "A text of 256 characters. ".repeat(10).substring(0, 256)
			+ "\"}";

	private final HttpClient http = HttpClient
		.create(ConnectionProvider.builder("mix").maxConnections(CONNECTIONS).pendingAcquireMaxCount(-1).build())
		.responseTimeout(TIMEOUT);

	private final AtomicLong numbers = new AtomicLong();

	private final String api;

	private final SocialMembers members;

	private final long seed;

	/**
	 * Creates a load.
	 * @param gateway the address of a gateway without limits
	 * @param members the members who read and post
	 * @param seed determines which member sends which request
	 */
	MixedLoad(String gateway, SocialMembers members, long seed) {
		this.api = gateway + "/api/v1";
		this.members = members;
		this.seed = seed;
	}

	/** Sends requests over some connections, each as soon as its last one is complete. */
	Outcome closed(int connections, int seconds) {
		Outcome outcome = Outcome.empty();
		long start = System.nanoTime();
		long end = start + TimeUnit.SECONDS.toNanos(seconds);
		Flux.range(0, connections)
			.flatMap((each) -> Mono.defer(() -> send(System.nanoTime(), outcome)).repeat(() -> System.nanoTime() < end),
					connections)
			.blockLast();
		return outcome;
	}

	/** Sends requests at a rate, and measures each from the time when it was due. */
	Outcome open(int perSecond, int seconds) {
		Outcome outcome = Outcome.empty();
		Schedule.run(perSecond, seconds, (due) -> send(due, outcome));
		return outcome;
	}

	/**
	 * Lets members post, over some connections. A post that fails is repeated, since the
	 * first ones meet processes that have just started.
	 */
	void post(int posts, int connections) {
		Flux.range(0, posts)
			.flatMap((number) -> postOnce(number % this.members.graph().size())
				.retryWhen(Retry.backoff(MAX_ATTEMPTS, Duration.ofMillis(500))
					.onRetryExhaustedThrow((spec, signal) -> signal.failure())), connections)
			.blockLast();
	}

	private Mono<String> postOnce(int member) {
		return send(member, Kind.POST, "/posts").filter(Kind.POST.success::equals)
			.switchIfEmpty(Mono.error(() -> new Problem("Posts fail before the measurement.")));
	}

	private Mono<Void> send(long due, Outcome outcome) {
		SplittableRandom random = new SplittableRandom(this.seed + this.numbers.getAndIncrement());
		int percent = random.nextInt(100);
		int member = random.nextInt(this.members.graph().size());
		Kind kind = (percent < 60) ? Kind.HOME_FEED : (percent < 90) ? Kind.AUTHOR_FEED : Kind.POST;
		String path = switch (kind) {
			case HOME_FEED -> "/feed";
			case AUTHOR_FEED -> "/feed/members/" + this.members.id(random.nextInt(this.members.graph().size()));
			case POST -> "/posts";
		};
		return send(member, kind, path).doOnNext((status) -> outcome.count(kind, status, due)).then();
	}

	/** Returns the status, or the name of the failure. */
	private Mono<String> send(int member, Kind kind, String path) {
		HttpClient client = this.http
			.headers((headers) -> headers.set("Authorization", this.members.authorization(member))
				.set("Content-Type", "application/json")
				.set("Idempotency-Key", UUID.randomUUID().toString()));
		HttpClient.ResponseReceiver<?> request = (kind == Kind.POST)
				? client.post().uri(this.api + path).send(ByteBufFlux.fromString(Mono.just(BODY)))
				: client.get().uri(this.api + path);
		return request
			.responseSingle((response, body) -> body.asByteArray()
				.map((whole) -> response.status().code() + (whole.length < MIN_BODY ? " and no entry" : ""))
				.defaultIfEmpty(response.status().code() + " without a body"))
			.onErrorResume((failure) -> Mono.just(failure.getClass().getSimpleName()));
	}

	/** The kinds of requests. */
	enum Kind {

		HOME_FEED("home feed", "200"), AUTHOR_FEED("author feed", "200"), POST("post", "201");

		private final String text;

		private final String success;

		Kind(String text, String success) {
			this.text = text;
			this.success = success;
		}

		String text() {
			return this.text;
		}

	}

	/**
	 * The responses of a load.
	 *
	 * @param latencies of the successful responses by kind, in microseconds
	 * @param failures numbers of failed requests, by kind and reason
	 */
	record Outcome(Map<Kind, Histogram> latencies, Map<String, LongAdder> failures) {

		static Outcome empty() {
			Map<Kind, Histogram> latencies = new EnumMap<>(Kind.class);
			for (Kind kind : Kind.values()) {
				latencies.put(kind, new ConcurrentHistogram(TIMEOUT.toMillis() * 2000, 3));
			}
			return new Outcome(latencies, new ConcurrentHashMap<>());
		}

		private void count(Kind kind, String status, long due) {
			if (!status.equals(kind.success)) {
				this.failures.computeIfAbsent(kind.text + " " + status, (first) -> new LongAdder()).increment();
				return;
			}
			Histogram histogram = of(kind);
			histogram.recordValue(
					Math.min(histogram.getHighestTrackableValue(), Math.max(1, (System.nanoTime() - due) / 1000)));
		}

		Histogram of(Kind kind) {
			Histogram histogram = this.latencies.get(kind);
			if (histogram == null) {
				throw new IllegalStateException(kind.name());
			}
			return histogram;
		}

		/** Adds the responses of another load. */
		void add(Outcome other) {
			other.latencies.forEach((kind, histogram) -> of(kind).add(histogram));
			other.failures.forEach((reason, number) -> this.failures.computeIfAbsent(reason, (first) -> new LongAdder())
				.add(number.sum()));
		}

		long failed() {
			return this.failures.values().stream().mapToLong(LongAdder::sum).sum();
		}

		long successful() {
			return this.latencies.values().stream().mapToLong(Histogram::getTotalCount).sum();
		}

	}

}
