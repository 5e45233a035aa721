package dev.agora.gateway.auth;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Response;
import dev.agora.gateway.TestService.ReceivedRequest;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.StreamWriter;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Two gateways that cache identities, and receive revocations. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationSubscriptionTests {

	private static final String KEY = "session:revocations:v2:{all}";

	private static final AtomicInteger count = new AtomicInteger();

	/** Responses that a test delays, by token. */
	private final Map<String, Sinks.One<Response>> delayed = new ConcurrentHashMap<>();

	private final TestRedisServer redis = TestRedisServer.started();

	private final RedissonClient redisson = this.redis.client();

	private final RedisGuard guard = new RedisGuard(this.redisson, this.redis.settings(), new SimpleMeterRegistry());

	private final StreamWriter revocations = new StreamWriter(this.guard, KEY);

	private final TestService sessions = TestService.respondingWith(this::session);

	private final TestService feeds = TestService.responding(200, "{}");

	private final TestGateway gateway = gateway();

	private final TestGateway other = gateway();

	private String token = "";

	@BeforeEach
	void warmUp() {
		this.token = String.format("%043d", count.incrementAndGet());
		awaitCaching(this.gateway);
		awaitCaching(this.other);
		this.sessions.clearRequests();
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.other.close();
		this.feeds.close();
		this.sessions.close();
		this.guard.close();
		this.redisson.shutdown();
		this.redis.close();
	}

	@Test
	void servesFromTheCacheWhileRevocationsAreReceived() {
		for (int i = 0; i < 20; i++) {
			assertThat(status(this.gateway)).isEqualTo(200);
		}
		assertThat(this.sessions.requests()).isEmpty();
	}

	@Test
	void everyGatewayRefusesAnEndedSessionWithoutARequest() {
		publish("ended " + hash());
		await("both refuse").until(() -> status(this.gateway) == 401 && status(this.other) == 401);
		assertThat(this.sessions.requests()).isEmpty();
	}

	@Test
	void requestsTheIdentityAgainWhenTheSessionHasChanged() {
		publish("changed " + hash());
		await("both request it").until(() -> {
			assertThat(status(this.gateway)).isEqualTo(200);
			assertThat(status(this.other)).isEqualTo(200);
			return this.sessions.requests().size() == 2;
		});
	}

	@Test
	void doesNotCacheAnIdentityRequestedBeforeAChange() {
		Sinks.One<Response> late = delay();
		CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> status(this.gateway));
		await("the request").until(() -> this.sessions.requests().size() == 1);
		publish("changed " + hash());
		awaitReceived();
		this.delayed.clear();
		late.tryEmitValue(identity("old")).orThrow();
		assertThat(waiting).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(200);
		this.sessions.clearRequests();
		assertThat(status(this.gateway)).isEqualTo(200);
		assertThat(this.sessions.requests()).hasSize(1);
	}

	@Test
	void cachesNothingFromBeforeAMissedRevocation() {
		this.redisson.getStream(KEY, StringCodec.INSTANCE)
			.add(StreamAddArgs.entries("previous", "1-1", "text", "ended " + "0".repeat(64)));
		await("a request").until(() -> status(this.gateway) == 200 && !this.sessions.requests().isEmpty());
		awaitCaching(this.gateway);
	}

	@Test
	void servesWithoutTheCacheWhileRedisIsUnavailable() {
		this.redis.stop();
		try {
			await("nothing is cached").until(() -> requestsEachTime(this.gateway));
		}
		finally {
			this.redis.start();
		}
		awaitCaching(this.gateway);
	}

	private boolean requestsEachTime(TestGateway through) {
		this.sessions.clearRequests();
		assertThat(status(through)).isEqualTo(200);
		assertThat(status(through)).isEqualTo(200);
		return this.sessions.requests().size() == 2;
	}

	private void awaitCaching(TestGateway through) {
		await("the identity is cached").until(() -> {
			assertThat(status(through)).isEqualTo(200);
			this.sessions.clearRequests();
			assertThat(status(through)).isEqualTo(200);
			return this.sessions.requests().isEmpty();
		});
	}

	/** Revocations are received in the order in which they were published. */
	private void awaitReceived() {
		String ended = String.format("%043d", count.incrementAndGet());
		publish("ended " + new ClientToken(ended, false).hash());
		await("the revocation is received").until(() -> status(this.gateway, ended) == 401);
	}

	/** Uses another token, and delays the response for it. */
	private Sinks.One<Response> delay() {
		this.token = String.format("%043d", count.incrementAndGet());
		Sinks.One<Response> response = Sinks.one();
		this.delayed.put(this.token, response);
		return response;
	}

	private void publish(String text) {
		this.revocations.append(text).block(Duration.ofSeconds(5));
	}

	private String hash() {
		return new ClientToken(this.token, false).hash();
	}

	private int status(TestGateway through) {
		return status(through, this.token);
	}

	private int status(TestGateway through, String token) {
		return through.client()
			.get()
			.uri("/api/v1/feed")
			.headers((sent) -> sent.setBearerAuth(token))
			.exchange()
			.returnResult(Void.class)
			.getStatus()
			.value();
	}

	private Mono<Response> session(ReceivedRequest request) {
		String token = request.body().replaceFirst(".*\"token\":\"([^\"]*)\".*", "$1");
		Sinks.One<Response> late = this.delayed.get(token);
		return (late != null) ? late.asMono() : Mono.just(identity("signed"));
	}

	private static Response identity(String text) {
		return new Response(200,
				"{\"identity\":\"" + text + "\",\"expiresAt\":\"2100-01-01T00:00:00Z\",\"memberId\":\"m\"}");
	}

	/** An identity without confirmation is not cached; a busy machine confirms late. */
	private TestGateway gateway() {
		return TestGateway.with(TestGateway.instances("session-service", this.sessions.address()),
				TestGateway.instances("feed-service", this.feeds.address()),
				"agora.redis.address=" + this.redis.address(), "agora.redis.command-timeout=500ms",
				"gateway.auth.unverified-ttl=1ns", "gateway.auth.max-confirmation-age=2s", "gateway.auth.timeout=20s");
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

}
