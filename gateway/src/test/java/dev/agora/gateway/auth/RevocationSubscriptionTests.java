package dev.agora.gateway.auth;

import java.time.Clock;
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
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Answer;
import dev.agora.gateway.TestService.Asked;
import dev.agora.platform.redis.Broadcast;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/** What two gateways remember of sessions, and when they forget it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationSubscriptionTests {

	private static final AtomicInteger count = new AtomicInteger();

	/** Answers that a test holds back, by token. */
	private final Map<String, Sinks.One<Answer>> held = new ConcurrentHashMap<>();

	private final TestRedisServer redis = TestRedisServer.started();

	private final RedissonClient redisson = this.redis.client();

	private final RedisGuard guard = new RedisGuard(this.redisson, this.redis.settings(), new SimpleMeterRegistry());

	private final Broadcast broadcast = new Broadcast(this.guard, "session:revocations:v1", Clock.systemUTC());

	private final TestService sessions = TestService.that(this::session);

	private final TestService feeds = TestService.answering(200, "{}");

	private final TestGateway gateway = gateway();

	private final TestGateway other = gateway();

	private String token = "";

	@BeforeEach
	void warmUp() {
		this.token = String.format("%043d", count.incrementAndGet());
		awaitRemembering(this.gateway);
		awaitRemembering(this.other);
		this.sessions.forget();
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
	void asksNothingWhileItHears() {
		for (int i = 0; i < 20; i++) {
			assertThat(status(this.gateway)).isEqualTo(200);
		}
		assertThat(this.sessions.asked()).isEmpty();
	}

	@Test
	void refusesEverywhereWhatHasEndedAndAsksNothing() {
		tell("ended " + hash());
		await("both refuse").until(() -> status(this.gateway) == 401 && status(this.other) == 401);
		assertThat(this.sessions.asked()).isEmpty();
	}

	@Test
	void asksAgainForWhatHasChanged() {
		tell("changed " + hash());
		await("both ask").until(() -> {
			assertThat(status(this.gateway)).isEqualTo(200);
			assertThat(status(this.other)).isEqualTo(200);
			return this.sessions.asked().size() == 2;
		});
	}

	@Test
	void doesNotRememberWhatWasAskedBeforeAChange() {
		Sinks.One<Answer> late = hold();
		CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> status(this.gateway));
		await("the question").until(() -> this.sessions.asked().size() == 1);
		tell("changed " + hash());
		awaitHeard();
		this.held.clear();
		late.tryEmitValue(identity("old")).orThrow();
		assertThat(waiting).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(200);
		this.sessions.forget();
		assertThat(status(this.gateway)).isEqualTo(200);
		assertThat(this.sessions.asked()).hasSize(1);
	}

	@Test
	void forgetsAllOnceItHasMissedSomething() {
		this.redisson.getAtomicLong("session:revocations:v1:{count}").incrementAndGet();
		await("it asks").until(() -> status(this.gateway) == 200 && !this.sessions.asked().isEmpty());
		awaitRemembering(this.gateway);
	}

	@Test
	void asksEachTimeWhileRedisIsAwayAndServesAllTheSame() {
		this.redis.stop();
		try {
			await("nothing is remembered").until(() -> asksEachTime(this.gateway));
		}
		finally {
			this.redis.start();
		}
		awaitRemembering(this.gateway);
	}

	private boolean asksEachTime(TestGateway through) {
		this.sessions.forget();
		assertThat(status(through)).isEqualTo(200);
		assertThat(status(through)).isEqualTo(200);
		return this.sessions.asked().size() == 2;
	}

	private void awaitRemembering(TestGateway through) {
		await("what was asked is remembered").until(() -> {
			assertThat(status(through)).isEqualTo(200);
			this.sessions.forget();
			assertThat(status(through)).isEqualTo(200);
			return this.sessions.asked().isEmpty();
		});
	}

	/** What is told later is heard later. */
	private void awaitHeard() {
		String ended = String.format("%043d", count.incrementAndGet());
		tell("ended " + new ClientToken(ended, false).hash());
		await("it is heard").until(() -> status(this.gateway, ended) == 401);
	}

	/** Lets the gateway ask anew, and the answer wait. */
	private Sinks.One<Answer> hold() {
		this.token = String.format("%043d", count.incrementAndGet());
		Sinks.One<Answer> answer = Sinks.one();
		this.held.put(this.token, answer);
		return answer;
	}

	private void tell(String text) {
		this.broadcast.publish(text).block(Duration.ofSeconds(5));
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

	private Mono<Answer> session(Asked asked) {
		String token = asked.body().replaceFirst(".*\"token\":\"([^\"]*)\".*", "$1");
		Sinks.One<Answer> late = this.held.get(token);
		return (late != null) ? late.asMono() : Mono.just(identity("signed"));
	}

	private static Answer identity(String text) {
		return new Answer(200,
				"{\"identity\":\"" + text + "\",\"expiresAt\":\"2100-01-01T00:00:00Z\",\"memberId\":\"m\"}");
	}

	/** Only what is heard counts here; and a busy machine is no silence. */
	private TestGateway gateway() {
		return TestGateway.with(TestGateway.clones("session-service", this.sessions.address()),
				TestGateway.clones("feed-service", this.feeds.address()), "agora.redis.address=" + this.redis.address(),
				"agora.redis.command-timeout=500ms", "gateway.auth.unheard-lifetime=1ns", "gateway.auth.heartbeat=50ms",
				"gateway.auth.silence=2s", "gateway.auth.timeout=20s");
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

}
