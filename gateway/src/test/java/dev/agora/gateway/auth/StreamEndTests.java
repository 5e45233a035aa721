package dev.agora.gateway.auth;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.StreamWriter;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A stream ends with the session of its client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamEndTests {

	private static final String OPENED = ":\n\n";

	private static final Duration BOUND = Duration.ofSeconds(30);

	private final TestRedisServer redis = TestRedisServer.started();

	private final RedissonClient redisson = this.redis.client();

	private final RedisGuard guard = new RedisGuard(this.redisson, this.redis.settings(), new SimpleMeterRegistry());

	private final StreamWriter revocations = new StreamWriter(this.guard, "session:revocations:v2:{all}");

	private volatile boolean expired;

	private final TestService sessions = TestService
		.respondingWith((request) -> Mono.just(this.expired ? new Response(404, "{}") : new Response(200,
				"{\"identity\":\"signed\",\"expiresAt\":\"2100-01-01T00:00:00Z\",\"memberId\":\"m\"}")));

	private final DisposableServer feeds = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle(StreamEndTests::serve)
		.bindNow();

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("session-service", this.sessions.address()),
			TestGateway.instances("feed-service", URI.create("http://127.0.0.1:" + this.feeds.port())),
			"agora.redis.address=" + this.redis.address(), "agora.redis.command-timeout=20s",
			"gateway.auth.max-confirmation-age=30s", "gateway.auth.timeout=60s", "gateway.auth.lifetime=1s");

	/** The state of each stream by its name. */
	private final Map<String, String> streams = new ConcurrentHashMap<>();

	private static Mono<Void> serve(HttpServerRequest request, HttpServerResponse response) {
		return request.uri().endsWith("/stream")
				? response.sse().sendString(Flux.just(OPENED).concatWith(Flux.never())).then() : response.send().then();
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.feeds.disposeNow();
		this.sessions.close();
		this.guard.close();
		this.redisson.shutdown();
		this.redis.close();
	}

	@Test
	void aRevocationEndsTheStreamsOfItsSessionAndNoOther() {
		String ended = "1".repeat(43);
		awaitRevocations();
		open("first", ended);
		open("second", ended);
		open("other", "2".repeat(43));
		this.revocations.append("ended " + new ClientToken(ended, false).hash()).block(BOUND);
		Awaitility.await("both streams of the session have ended")
			.atMost(BOUND)
			.until(() -> "ended".equals(this.streams.get("first")) && "ended".equals(this.streams.get("second")));
		assertThat(this.streams).containsEntry("other", "open");
	}

	/** Its end is a moment that was known before, so that nothing is published. */
	@Test
	void aStreamEndsWithASessionThatExpires() {
		RevocationSubscription received = this.gateway.part(RevocationSubscription.class);
		SessionEnds ends = new SessionEnds(this.gateway.part(IdentityCache.class), received, Duration.ofMillis(50));
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/api/v1/feed/stream"));
		exchange.getAttributes().put(TokenSwapFilter.TOKEN, new ClientToken("3".repeat(43), false));
		exchange.getAttributes()
			.put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR,
					Route.async().id("feed").uri("http://feed-service").predicate((any) -> true).build());
		awaitRevocations();
		this.sessions.clearRequests();
		long since = System.nanoTime();
		try {
			CompletableFuture<Void> ended = ends.endOf(exchange).timeout(BOUND).toFuture();
			Awaitility.await("the session is looked up").atMost(BOUND).until(() -> !this.sessions.requests().isEmpty());
			assertThat(ended).isNotDone();
			this.expired = true;
			ended.join();
			assertThat(received.hasReceivedAllSince(since)).as("no revocation was missed").isTrue();
		}
		finally {
			this.expired = false;
		}
	}

	private void awaitRevocations() {
		MeterRegistry meters = this.gateway.part(MeterRegistry.class);
		Awaitility.await("the gateway receives revocations")
			.atMost(BOUND)
			.until(() -> meters.get("revocations.confirmed").gauge().value() == 1);
	}

	/** One after the other: the first response initializes the decoder under a lock. */
	private void open(String name, String token) {
		HttpClient.newConnection()
			.headers((headers) -> headers.set("Authorization", "Bearer " + token))
			.get()
			.uri("http://127.0.0.1:" + this.gateway.port() + "/api/v1/feed/stream")
			.responseContent()
			.asString()
			.doOnComplete(() -> this.streams.replace(name, "open", "ended"))
			.subscribe((part) -> this.streams.put(name, part.equals(OPENED) ? "open" : part),
					(failure) -> this.streams.put(name, failure.toString()));
		Awaitility.await("the stream is open")
			.atMost(BOUND)
			.untilAsserted(() -> assertThat(this.streams).containsEntry(name, "open"));
	}

}
