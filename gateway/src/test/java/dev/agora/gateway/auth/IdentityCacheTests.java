package dev.agora.gateway.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import dev.agora.gateway.TestService;
import dev.agora.gateway.TestService.Answer;
import dev.agora.gateway.balance.InstancesSettings;
import dev.agora.gateway.balance.TestBalance;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

class IdentityCacheTests {

	private static final ClientToken TOKEN = new ClientToken("A".repeat(43), false);

	/** Nothing is heard, so that the shorter lifetime holds. */
	private static final AuthSettings SETTINGS = new AuthSettings(Duration.ofMinutes(10), Duration.ofMinutes(1),
			Duration.ofSeconds(10), Duration.ofMillis(750), 10, Duration.ofSeconds(10));

	private final TestRedisServer redis = TestRedisServer.stopped();

	private final Sinks.One<Answer> answer = Sinks.one();

	private final TestService sessions = TestService.that((asked) -> this.answer.asMono());

	private final RedissonClient redisson = this.redis.client();

	private final RedisGuard guard = new RedisGuard(this.redisson, this.redis.settings(), new SimpleMeterRegistry());

	private final RevocationListener revocations = new RevocationListener(this.guard, SETTINGS,
			new SimpleMeterRegistry());

	private final IdentityCache identities = identities();

	@AfterEach
	void close() {
		this.revocations.destroy();
		this.guard.close();
		this.sessions.close();
	}

	@Test
	void asksOnceForAllWhoAskMeanwhile() {
		Mono<List<SignedIdentity>> all = Flux.range(0, 20).flatMap((i) -> find("feed-service"), 20).collectList();
		StepVerifier.create(all)
			.then(() -> Awaitility.await("the question").until(() -> !this.sessions.asked().isEmpty()))
			.then(() -> this.answer.tryEmitValue(new Answer(200, identity("signed"))).orThrow())
			.assertNext((found) -> assertThat(found).hasSize(20).extracting("identity").containsOnly("signed"))
			.verifyComplete();
		assertThat(this.sessions.asked()).hasSize(1);
	}

	@Test
	void asksForEachAudience() {
		this.answer.tryEmitValue(new Answer(200, identity("signed"))).orThrow();
		StepVerifier.create(find("feed-service").then(find("graph-service"))).expectNextCount(1).verifyComplete();
		assertThat(this.sessions.asked()).hasSize(2);
	}

	@Test
	void asksAgainOnceASessionIsForgotten() {
		this.answer.tryEmitValue(new Answer(200, identity("signed"))).orThrow();
		StepVerifier.create(find("feed-service").then(find("feed-service"))).expectNextCount(1).verifyComplete();
		assertThat(this.sessions.asked()).hasSize(1);
		this.identities.forget(TOKEN);
		StepVerifier.create(find("feed-service")).expectNextCount(1).verifyComplete();
		assertThat(this.sessions.asked()).hasSize(2);
	}

	@Test
	void asksAgainAfterAFailure() {
		this.answer.tryEmitValue(new Answer(500, "{}")).orThrow();
		StepVerifier.create(find("feed-service")).verifyError();
		StepVerifier.create(find("feed-service")).verifyError();
		assertThat(this.sessions.asked()).hasSize(2);
	}

	@Test
	void asksAgainWhereTooLittleLifeIsLeftForARequest() {
		String soon = Instant.now().plusSeconds(5).toString();
		this.answer
			.tryEmitValue(
					new Answer(200, "{\"identity\":\"signed\",\"expiresAt\":\"" + soon + "\",\"memberId\":\"m\"}"))
			.orThrow();
		StepVerifier.create(find("feed-service").then(find("feed-service"))).expectNextCount(1).verifyComplete();
		assertThat(this.sessions.asked()).hasSize(2);
	}

	private Mono<SignedIdentity> find(String audience) {
		return Mono.defer(() -> this.identities.find(TOKEN, audience)).flatMap(Mono::justOrEmpty);
	}

	private IdentityCache identities() {
		InstancesSettings clones = new InstancesSettings(List.of(this.sessions.address()), List.of(), List.of(),
				List.of());
		return new IdentityCache(new SessionClient(TestBalance.balancer(clones), SETTINGS), this.revocations, SETTINGS,
				clones, Clock.systemUTC());
	}

	private static String identity(String text) {
		return "{\"identity\":\"" + text + "\",\"expiresAt\":\"2030-01-01T00:00:00Z\"}";
	}

}
