package dev.agora.gateway.auth;

import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RedissonClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.StreamWriter;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams end with the session of their client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamEndTests {

	private static final String ENDED = "end of ";

	private final TestRedisServer redis = TestRedisServer.started();

	private final RedissonClient redisson = this.redis.client();

	private final RedisGuard guard = new RedisGuard(this.redisson, this.redis.settings(), new SimpleMeterRegistry());

	private final StreamWriter revocations = new StreamWriter(this.guard, "session:revocations:v2:{all}");

	private final TestService sessions = TestService.respondingWith((request) -> Mono.just(
			new Response(200, "{\"identity\":\"signed\",\"expiresAt\":\"2100-01-01T00:00:00Z\",\"memberId\":\"m\"}")));

	private final DisposableServer feeds = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> response.sse().sendString(Flux.just(":\n\n").concatWith(Flux.never())).then())
		.bindNow();

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("session-service", this.sessions.address()),
			TestGateway.instances("feed-service", URI.create("http://127.0.0.1:" + this.feeds.port())),
			"agora.redis.address=" + this.redis.address());

	private final Queue<String> received = new ConcurrentLinkedQueue<>();

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
		String one = "1".repeat(43);
		String other = "2".repeat(43);
		Disposable first = open("first", one);
		Disposable second = open("second", one);
		Disposable third = open("third", other);
		await("all are open", 3);
		this.revocations.append("ended " + new ClientToken(one, false).hash()).block(Duration.ofSeconds(30));
		await("both streams of the session have ended", 5);
		assertThat(this.received).contains(ENDED + "first", ENDED + "second").doesNotContain(ENDED + "third");
		third.dispose();
		assertThat(first.isDisposed()).isTrue();
		assertThat(second.isDisposed()).isTrue();
	}

	private Disposable open(String name, String token) {
		return HttpClient.newConnection()
			.headers((headers) -> headers.set("Authorization", "Bearer " + token))
			.get()
			.uri("http://127.0.0.1:" + this.gateway.port() + "/api/v1/feed/stream")
			.responseContent()
			.asString()
			.doOnComplete(() -> this.received.add(ENDED + name))
			.subscribe((part) -> this.received.add(name), (failure) -> this.received.add(failure.toString()));
	}

	private void await(String what, int events) {
		Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(() -> this.received.size() == events);
	}

}
