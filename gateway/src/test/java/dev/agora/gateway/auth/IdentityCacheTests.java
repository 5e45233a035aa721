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
import dev.agora.gateway.TestService.Response;
import dev.agora.gateway.balance.InstancesSettings;
import dev.agora.gateway.balance.TestLoadBalancer;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

class IdentityCacheTests {

	private static final ClientToken TOKEN = new ClientToken("A".repeat(43), false);

	/** No revocation is received, so the shorter lifetime holds. */
	private static final AuthSettings SETTINGS = new AuthSettings(Duration.ofMinutes(10), Duration.ofMinutes(1),
			Duration.ofSeconds(10), Duration.ofMillis(750), 10, Duration.ofSeconds(10));

	private final TestRedisServer redis = TestRedisServer.stopped();

	private final Sinks.One<Response> response = Sinks.one();

	private final TestService sessions = TestService.respondingWith((request) -> this.response.asMono());

	private final RedissonClient redisson = this.redis.client();

	private final RedisGuard guard = new RedisGuard(this.redisson, this.redis.settings(), new SimpleMeterRegistry());

	private final RevocationSubscription revocations = new RevocationSubscription(this.guard, SETTINGS,
			new SimpleMeterRegistry());

	private final IdentityCache identities = identities();

	@AfterEach
	void close() {
		this.revocations.destroy();
		this.guard.close();
		this.sessions.close();
	}

	@Test
	void sharesOneCallAmongConcurrentRequests() {
		Mono<List<SignedIdentity>> all = Flux.range(0, 20).flatMap((i) -> find("feed-service"), 20).collectList();
		StepVerifier.create(all)
			.then(() -> Awaitility.await("the call of session-service")
				.until(() -> !this.sessions.requests().isEmpty()))
			.then(() -> this.response.tryEmitValue(new Response(200, identityJson("signed"))).orThrow())
			.assertNext((found) -> assertThat(found).hasSize(20).extracting("identity").containsOnly("signed"))
			.verifyComplete();
		assertThat(this.sessions.requests()).hasSize(1);
	}

	@Test
	void requestsAnIdentityForEachAudience() {
		this.response.tryEmitValue(new Response(200, identityJson("signed"))).orThrow();
		StepVerifier.create(find("feed-service").then(find("graph-service"))).expectNextCount(1).verifyComplete();
		assertThat(this.sessions.requests()).hasSize(2);
	}

	@Test
	void requestsAnEvictedIdentityAgain() {
		this.response.tryEmitValue(new Response(200, identityJson("signed"))).orThrow();
		StepVerifier.create(find("feed-service").then(find("feed-service"))).expectNextCount(1).verifyComplete();
		assertThat(this.sessions.requests()).hasSize(1);
		this.identities.evict(TOKEN);
		StepVerifier.create(find("feed-service")).expectNextCount(1).verifyComplete();
		assertThat(this.sessions.requests()).hasSize(2);
	}

	@Test
	void requestsAnIdentityAgainAfterAFailure() {
		this.response.tryEmitValue(new Response(500, "{}")).orThrow();
		StepVerifier.create(find("feed-service")).verifyError();
		StepVerifier.create(find("feed-service")).verifyError();
		assertThat(this.sessions.requests()).hasSize(2);
	}

	@Test
	void requestsAnIdentityAgainWhenItExpiresSoon() {
		String soon = Instant.now().plusSeconds(5).toString();
		this.response
			.tryEmitValue(
					new Response(200, "{\"identity\":\"signed\",\"expiresAt\":\"" + soon + "\",\"memberId\":\"m\"}"))
			.orThrow();
		StepVerifier.create(find("feed-service").then(find("feed-service"))).expectNextCount(1).verifyComplete();
		assertThat(this.sessions.requests()).hasSize(2);
	}

	private Mono<SignedIdentity> find(String audience) {
		return Mono.defer(() -> this.identities.find(TOKEN, audience)).flatMap(Mono::justOrEmpty);
	}

	private IdentityCache identities() {
		InstancesSettings instances = new InstancesSettings(List.of(this.sessions.address()), List.of(), List.of(),
				List.of());
		return new IdentityCache(
				new SessionClient(TestLoadBalancer.balancer(instances), SETTINGS, new SimpleMeterRegistry()),
				this.revocations, SETTINGS, instances, Clock.systemUTC());
	}

	private static String identityJson(String text) {
		return "{\"identity\":\"" + text + "\",\"expiresAt\":\"2030-01-01T00:00:00Z\"}";
	}

}
