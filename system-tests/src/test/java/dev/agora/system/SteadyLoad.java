package dev.agora.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests of many kinds at a steady rate and compares each response with the
 * expected one. A transport error, another status and another body are failures.
 */
final class SteadyLoad {

	private static final JsonMapper json = new JsonMapper();

	private static final int CONCURRENCY = 16;

	private final GatewayPair gateways;

	private final List<Member> members;

	private final List<String> products;

	private final CompletableFuture<Void> end;

	private final AtomicInteger sent = new AtomicInteger();

	private final AtomicInteger succeeded = new AtomicInteger();

	private final Collection<String> failures = new ConcurrentLinkedQueue<>();

	private volatile String phase = "start";

	private volatile boolean running = true;

	/**
	 * Starts the load.
	 * @param products the ids of the products to read
	 * @param rate requests a second, as long as fewer than 16 are in flight
	 */
	SteadyLoad(GatewayPair gateways, List<Member> members, List<String> products, int rate) {
		this.gateways = gateways;
		this.members = members;
		this.products = products;
		this.end = Flux.interval(Duration.ofNanos(TimeUnit.SECONDS.toNanos(1) / rate))
			.onBackpressureDrop()
			.takeWhile((tick) -> this.running)
			.flatMap((tick) -> next(), CONCURRENCY)
			.then()
			.toFuture();
	}

	/** Resets the counts after the warm-up. */
	void resetCounts() {
		this.succeeded.set(0);
		this.failures.clear();
	}

	/** Sets the phase that later failures are listed under. */
	void setPhase(String phase) {
		this.phase = phase;
	}

	/** Returns the number of requests with the expected response. */
	int succeeded() {
		return this.succeeded.get();
	}

	List<String> failures() {
		return List.copyOf(this.failures);
	}

	/** Stops and waits for the last responses. */
	void finish() throws InterruptedException, ExecutionException, TimeoutException {
		this.running = false;
		this.end.get(3, TimeUnit.MINUTES);
	}

	private Mono<Void> next() {
		int number = this.sent.getAndIncrement();
		Member member = this.members.get(number % this.members.size());
		Member other = this.members.get((number / 7 + 1 + number) % this.members.size());
		String product = this.products.get(number % this.products.size());
		return switch (number % 10) {
			case 0, 1, 2, 3 -> expect(HttpMethod.GET, "/api/v1/feed?limit=5", null, member, SteadyLoad::isFeed);
			case 4, 5 -> expect(HttpMethod.GET, "/api/v1/products/" + product, null, member,
					(body) -> body.path("id").asString().equals(product));
			case 6 -> expect(HttpMethod.GET, "/api/v1/members/" + other.id(), null, member,
					(body) -> body.path("handle").asString().equals(other.handle()));
			case 7, 8 -> post("Post " + number, member);
			default ->
				follow(member, member.equals(other) ? this.members.get((number + 1) % this.members.size()) : other);
		};
	}

	private Mono<Void> post(String text, Member member) {
		return expect(HttpMethod.POST, "/api/v1/posts", json.writeValueAsString(Map.of("text", text)), member,
				(body) -> body.path("text").asString().equals(text)
						&& body.at("/author/id").asString().equals(member.id()));
	}

	private Mono<Void> follow(Member member, Member other) {
		return expect(HttpMethod.PUT, "/api/v1/graph/following/" + other.id(), null, member, JsonNode::isMissingNode);
	}

	private static boolean isFeed(JsonNode body) {
		return body.path("items").isArray()
				&& body.path("items").valueStream().allMatch((item) -> item.path("author").has("handle"));
	}

	private Mono<Void> expect(HttpMethod method, String path, @Nullable String body, Member member,
			Predicate<JsonNode> expected) {
		String request = method + " " + path;
		return this.gateways.send(method, path, body, headers(member, body))
			.doOnNext((response) -> check(request, response, expected))
			.onErrorResume((failure) -> Mono.fromRunnable(() -> addFailure(request, failure.toString())))
			.then();
	}

	private static String[] headers(Member member, @Nullable String body) {
		return (body != null)
				? member.headers("Content-Type", "application/json", "Idempotency-Key", UUID.randomUUID().toString())
				: member.headers();
	}

	private void check(String request, GatewayPair.GatewayResponse response, Predicate<JsonNode> expected) {
		int status = request.startsWith("GET") ? 200 : request.startsWith("POST") ? 201 : 204;
		if (response.status() == status && expected.test(Gateway.read(response.body()))) {
			this.succeeded.incrementAndGet();
		}
		else {
			addFailure(request, response.toString());
		}
	}

	private void addFailure(String request, String reason) {
		this.failures.add(Instant.now() + ", " + this.phase + ": " + request + ": " + reason);
	}

}
