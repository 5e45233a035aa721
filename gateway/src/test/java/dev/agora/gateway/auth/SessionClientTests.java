package dev.agora.gateway.auth;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import dev.agora.gateway.ServiceForTests;
import dev.agora.gateway.balance.BalanceForTests;
import dev.agora.gateway.balance.ClonesSettings;
import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;

class SessionClientTests {

	private static final SentToken TOKEN = new SentToken("A".repeat(43), false);

	private final ServiceForTests one = answering();

	private final ServiceForTests frozen = answering();

	@AfterEach
	void close() {
		this.one.close();
		this.frozen.close();
	}

	@Test
	void asksTheOtherCloneWhenOneIsFrozen() {
		SessionClient sessions = client(
				new ClonesSettings(List.of(this.frozen.address(), this.one.address()), List.of(), List.of(), List.of()),
				Duration.ofSeconds(6));
		Awaitility.await("an answer of both").until(() -> {
			StepVerifier.create(sessions.identity(TOKEN, "feed-service").onErrorComplete())
				.thenConsumeWhile((signed) -> true)
				.verifyComplete();
			return !this.one.asked().isEmpty() && !this.frozen.asked().isEmpty();
		});
		this.frozen.freeze();
		for (int i = 0; i < 5; i++) {
			StepVerifier.create(sessions.identity(TOKEN, "feed-service"))
				.assertNext((signed) -> assertThat(signed.identity()).isEqualTo("signed"))
				.verifyComplete();
		}
	}

	@Test
	void refusesInTimeWhenAllAreFrozen() {
		this.frozen.freeze();
		SessionClient sessions = client(
				new ClonesSettings(List.of(this.frozen.address()), List.of(), List.of(), List.of()),
				Duration.ofMillis(200));
		StepVerifier.create(sessions.identity(TOKEN, "feed-service")).verifyError(Unavailable.class);
	}

	private static ServiceForTests answering() {
		return ServiceForTests.answering(200, "{\"identity\":\"signed\",\"expiresAt\":\"2030-01-01T00:00:00Z\"}");
	}

	private static SessionClient client(ClonesSettings clones, Duration timeout) {
		return new SessionClient(BalanceForTests.balancer(clones),
				new AuthSettings(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(10),
						Duration.ofMillis(250), Duration.ofMillis(750), 10, timeout));
	}

}
