package dev.agora.gateway.resilience;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadSheddingFilterTests {

	private static final int MAX = 40;

	private static final int INITIAL = 30;

	private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

	private final TestService quick = TestService.responding(200, "{}");

	private final TestService hanging = TestService.respondingWith((request) -> Mono.never());

	private final Sinks.Empty<Response> end = Sinks.empty();

	/**
	 * Sends no response until the test emits the end, and then responds to all requests.
	 */
	private final TestService held = TestService
		.respondingWith((request) -> this.end.asMono().defaultIfEmpty(new Response(200, "{}")));

	/** Serves one request at a time and keeps the others waiting. */
	private final TestService narrow = TestService.respondingWith((request) -> oneAtATime());

	private final AtomicLong free = new AtomicLong(System.nanoTime());

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("session-service", this.hanging.address()),
			TestGateway.instances("graph-service", this.held.address()),
			TestGateway.instances("product-service", this.quick.address()),
			TestGateway.instances("feed-service", this.narrow.address()), "gateway.shed.in-flight=" + MAX,
			"gateway.shed.initial=" + INITIAL, "gateway.shed.min=10", "gateway.shed.window=100ms",
			"gateway.deadline.timeout=60s");

	private final HttpClient client = HttpClient.create(ConnectionProvider.create("clients", 300))
		.baseUrl("http://127.0.0.1:" + this.gateway.port());

	@AfterAll
	void close() {
		this.gateway.close();
		this.narrow.close();
		this.held.close();
		this.hanging.close();
		this.quick.close();
	}

	@Test
	void boundsTheRequestsToAHangingServiceAndServesOtherRoutes() {
		CompletableFuture<List<HttpClientResponse>> responses = send("/api/v1/graph/suggestions", 100).collectList()
			.toFuture();
		await().atMost(LONG_ENOUGH).until(() -> rejected("graph") == 100 - INITIAL);
		assertThat(inFlight("graph")).isEqualTo(INITIAL);
		assertThat(send("/api/v1/products", 20).collectList().block(LONG_ENOUGH)).hasSize(20)
			.allMatch((response) -> response.status().code() == 200);
		this.end.tryEmitEmpty();
		List<HttpClientResponse> all = responses.orTimeout(60, TimeUnit.SECONDS).join();
		assertThat(withStatus(all, 200)).hasSize(INITIAL);
		assertThat(withStatus(all, 503)).hasSize(100 - INITIAL)
			.allMatch((response) -> "1".equals(response.responseHeaders().get("Retry-After")));
		await().atMost(LONG_ENOUGH).until(() -> inFlight("graph") == 0);
	}

	@Test
	void rejectsMoreThanAServiceCanHandleAndServesTheAdmitted() {
		List<HttpClientResponse> all = send("/api/v1/feed", 400).collectList().block(LONG_ENOUGH);
		List<HttpClientResponse> served = withStatus(all, 200);
		List<HttpClientResponse> shed = withStatus(all, 503);
		assertThat(served).hasSizeGreaterThanOrEqualTo(INITIAL);
		assertThat(shed).isNotEmpty()
			.allMatch((response) -> "1".equals(response.responseHeaders().get("Retry-After")))
			.allMatch((response) -> "application/problem+json".equals(response.responseHeaders().get("Content-Type")));
		assertThat(served.size() + shed.size()).isEqualTo(400);
		assertThat(this.narrow.requests()).hasSameSizeAs(served);
		await().atMost(LONG_ENOUGH).until(() -> inFlight("posts-and-feeds") == 0);
	}

	@Test
	void releasesThePermitsOfCancelledRequests() {
		Disposable responses = send("/api/v1/members/me", 20).subscribe();
		await().atMost(LONG_ENOUGH).until(() -> inFlight("members-and-sessions") == 20);
		responses.dispose();
		await().atMost(LONG_ENOUGH).until(() -> inFlight("members-and-sessions") == 0);
	}

	private Mono<Response> oneAtATime() {
		long now = System.nanoTime();
		long turn = this.free.updateAndGet((until) -> Math.max(until, now) + Duration.ofMillis(10).toNanos());
		return Mono.delay(Duration.ofNanos(turn - now)).thenReturn(new Response(200, "{}"));
	}

	/** Sends requests, up to a hundred of them at a time. */
	private Flux<HttpClientResponse> send(String path, int number) {
		return Flux.fromStream(IntStream.range(0, number).boxed())
			.flatMap((i) -> this.client.get()
				.uri(path)
				.responseSingle((response, body) -> body.then(Mono.just(response))), 100);
	}

	private static List<HttpClientResponse> withStatus(List<HttpClientResponse> responses, int status) {
		return responses.stream().filter((response) -> response.status().code() == status).toList();
	}

	private double rejected(String route) {
		return this.gateway.part(MeterRegistry.class)
			.get("route.rejected")
			.tags("route", route, "calls", "reads", "reason", "shed")
			.counter()
			.count();
	}

	private double inFlight(String route) {
		return this.gateway.part(MeterRegistry.class)
			.get("route.in.flight")
			.tags("route", route, "calls", "reads")
			.gauge()
			.value();
	}

}
