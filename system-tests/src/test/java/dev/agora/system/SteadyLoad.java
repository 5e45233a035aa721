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
 * Requests of many kinds at a steady rate, each answer compared with what it must be: an
 * error in transport, another status and another body are each a failure.
 */
final class SteadyLoad {

	private static final JsonMapper json = new JsonMapper();

	private static final int AT_ONCE = 16;

	private final GatewayPair gateways;

	private final List<Member> members;

	private final List<String> products;

	private final CompletableFuture<Void> end;

	private final AtomicInteger sent = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	private final Collection<String> failures = new ConcurrentLinkedQueue<>();

	private volatile String doing = "nothing yet";

	private volatile boolean going = true;

	/**
	 * Starts the load.
	 * @param products what to read, by id
	 * @param rate requests a second, while fewer than 16 are in flight
	 */
	SteadyLoad(GatewayPair gateways, List<Member> members, List<String> products, int rate) {
		this.gateways = gateways;
		this.members = members;
		this.products = products;
		this.end = Flux.interval(Duration.ofNanos(TimeUnit.SECONDS.toNanos(1) / rate))
			.onBackpressureDrop()
			.takeWhile((tick) -> this.going)
			.flatMap((tick) -> next(), AT_ONCE)
			.then()
			.toFuture();
	}

	/** Counts from here on: what was before was for warming up. */
	void startCounting() {
		this.answered.set(0);
		this.failures.clear();
	}

	/** What is done to the system from now on, for the list of failures. */
	void during(String what) {
		this.doing = what;
	}

	/** How many requests were answered as they must be. */
	int answered() {
		return this.answered.get();
	}

	List<String> failures() {
		return List.copyOf(this.failures);
	}

	/** Sends no more and waits for the last answers. */
	void finish() throws InterruptedException, ExecutionException, TimeoutException {
		this.going = false;
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
			Predicate<JsonNode> right) {
		String request = method + " " + path;
		return this.gateways.send(method, path, body, headers(member, body))
			.doOnNext((answer) -> judge(request, answer, right))
			.onErrorResume((failure) -> Mono.fromRunnable(() -> failed(request, failure.toString())))
			.then();
	}

	private static String[] headers(Member member, @Nullable String body) {
		return (body != null)
				? member.headers("Content-Type", "application/json", "Idempotency-Key", UUID.randomUUID().toString())
				: member.headers();
	}

	private void judge(String request, GatewayPair.Received answer, Predicate<JsonNode> right) {
		int expected = request.startsWith("GET") ? 200 : request.startsWith("POST") ? 201 : 204;
		if (answer.status() == expected && right.test(Gateway.read(answer.body()))) {
			this.answered.incrementAndGet();
		}
		else {
			failed(request, answer.toString());
		}
	}

	private void failed(String request, String how) {
		this.failures.add(Instant.now() + ", " + this.doing + ": " + request + ": " + how);
	}

}
