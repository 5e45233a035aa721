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
import dev.agora.gateway.TestService.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadSheddingFilterTests {

	private static final int MOST = 40;

	private static final int FIRST = 30;

	private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

	private final TestService quick = TestService.answering(200, "{}");

	private final TestService hanging = TestService.that((asked) -> Mono.never());

	private final Sinks.Empty<Answer> end = Sinks.empty();

	/** Answers nobody until the end, and then all. */
	private final TestService held = TestService
		.that((asked) -> this.end.asMono().defaultIfEmpty(new Answer(200, "{}")));

	/** Serves one request at a time and keeps the others waiting. */
	private final TestService narrow = TestService.that((asked) -> inTurn());

	private final AtomicLong free = new AtomicLong(System.nanoTime());

	private final TestGateway gateway = TestGateway.with(TestGateway.clones("session-service", this.hanging.address()),
			TestGateway.clones("graph-service", this.held.address()),
			TestGateway.clones("product-service", this.quick.address()),
			TestGateway.clones("feed-service", this.narrow.address()), "gateway.shed.in-flight=" + MOST,
			"gateway.shed.first=" + FIRST, "gateway.shed.least=10", "gateway.shed.window=100ms",
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
	void aServiceThatHangsTakesABoundedNumberAndLeavesOtherRoutesAlone() {
		CompletableFuture<List<HttpClientResponse>> asking = asks("/api/v1/graph/suggestions", 100).collectList()
			.toFuture();
		await().atMost(LONG_ENOUGH).until(() -> rejected("graph") == 100 - FIRST);
		assertThat(inFlight("graph")).isEqualTo(FIRST);
		assertThat(asks("/api/v1/products", 20).collectList().block(LONG_ENOUGH)).hasSize(20)
			.allMatch((answer) -> answer.status().code() == 200);
		this.end.tryEmitEmpty();
		List<HttpClientResponse> all = asking.orTimeout(60, TimeUnit.SECONDS).join();
		assertThat(withStatus(all, 200)).hasSize(FIRST);
		assertThat(withStatus(all, 503)).hasSize(100 - FIRST)
			.allMatch((answer) -> "1".equals(answer.responseHeaders().get("Retry-After")));
		await().atMost(LONG_ENOUGH).until(() -> inFlight("graph") == 0);
	}

	@Test
	void shedsWhatIsMoreThanAServiceCanDoAndServesWhatItLetsIn() {
		List<HttpClientResponse> all = asks("/api/v1/feed", 400).collectList().block(LONG_ENOUGH);
		List<HttpClientResponse> served = withStatus(all, 200);
		List<HttpClientResponse> shed = withStatus(all, 503);
		assertThat(served).hasSizeGreaterThanOrEqualTo(FIRST);
		assertThat(shed).isNotEmpty()
			.allMatch((answer) -> "1".equals(answer.responseHeaders().get("Retry-After")))
			.allMatch((answer) -> "application/problem+json".equals(answer.responseHeaders().get("Content-Type")));
		assertThat(served.size() + shed.size()).isEqualTo(400);
		assertThat(this.narrow.asked()).hasSameSizeAs(served);
		await().atMost(LONG_ENOUGH).until(() -> inFlight("posts-and-feeds") == 0);
	}

	@Test
	void requestsThatAreGivenUpGiveTheirPlacesBack() {
		Disposable asking = asks("/api/v1/members/me", 20).subscribe();
		await().atMost(LONG_ENOUGH).until(() -> inFlight("members-and-sessions") == 20);
		asking.dispose();
		await().atMost(LONG_ENOUGH).until(() -> inFlight("members-and-sessions") == 0);
	}

	private Mono<Answer> inTurn() {
		long now = System.nanoTime();
		long turn = this.free.updateAndGet((until) -> Math.max(until, now) + Duration.ofMillis(10).toNanos());
		return Mono.delay(Duration.ofNanos(turn - now)).thenReturn(new Answer(200, "{}"));
	}

	/** So many requests, up to a hundred of them at a time. */
	private Flux<HttpClientResponse> asks(String path, int number) {
		return Flux.fromStream(IntStream.range(0, number).boxed())
			.flatMap((i) -> this.client.get().uri(path).responseSingle((answer, body) -> body.then(Mono.just(answer))),
					100);
	}

	private static List<HttpClientResponse> withStatus(List<HttpClientResponse> answers, int status) {
		return answers.stream().filter((answer) -> answer.status().code() == status).toList();
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
