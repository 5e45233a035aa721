package dev.agora.gateway.auth;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import dev.agora.gateway.TestService;
import dev.agora.gateway.balance.InstancesSettings;
import dev.agora.gateway.balance.TestLoadBalancer;
import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;

class SessionClientTests {

	private static final ClientToken TOKEN = new ClientToken("A".repeat(43), false);

	private final TestService one = responding();

	private final TestService frozen = responding();

	@AfterEach
	void close() {
		this.one.close();
		this.frozen.close();
	}

	@Test
	void triesTheOtherInstanceWhenOneIsFrozen() {
		SessionClient sessions = client(new InstancesSettings(List.of(this.frozen.address(), this.one.address()),
				List.of(), List.of(), List.of()), Duration.ofSeconds(6));
		Awaitility.await("a response of both").until(() -> {
			StepVerifier.create(sessions.identity(TOKEN, "feed-service").onErrorComplete())
				.thenConsumeWhile((signed) -> true)
				.verifyComplete();
			return !this.one.requests().isEmpty() && !this.frozen.requests().isEmpty();
		});
		this.frozen.freeze();
		for (int i = 0; i < 5; i++) {
			StepVerifier.create(sessions.identity(TOKEN, "feed-service"))
				.assertNext((signed) -> assertThat(signed.identity()).isEqualTo("signed"))
				.verifyComplete();
		}
	}

	@Test
	void failsInTimeWhenAllInstancesAreFrozen() {
		this.frozen.freeze();
		SessionClient sessions = client(
				new InstancesSettings(List.of(this.frozen.address()), List.of(), List.of(), List.of()),
				Duration.ofMillis(200));
		StepVerifier.create(sessions.identity(TOKEN, "feed-service")).verifyError(Unavailable.class);
	}

	private static TestService responding() {
		return TestService.responding(200, "{\"identity\":\"signed\",\"expiresAt\":\"2030-01-01T00:00:00Z\"}");
	}

	private static SessionClient client(InstancesSettings instances, Duration timeout) {
		return new SessionClient(TestLoadBalancer.balancer(instances), new AuthSettings(Duration.ofMinutes(1),
				Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMillis(750), 10, timeout),
				new SimpleMeterRegistry());
	}

}
