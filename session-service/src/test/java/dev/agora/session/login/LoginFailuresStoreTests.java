package dev.agora.session.login;

import java.time.Duration;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.identity.ClientAddress;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.problem.Unavailable;
import dev.agora.session.member.Profile;
import dev.agora.session.session.KnownAddresses;
import dev.agora.session.session.TestSessions;

/** Which attempts to log in count when a store or the verification fails. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginFailuresStoreTests {

	private final TestGuesses guesses = new TestGuesses();

	@BeforeEach
	void useAnotherHandleAndAddress() {
		this.guesses.useAnotherHandleAndAddress();
	}

	@AfterAll
	void close() {
		this.guesses.close();
	}

	@Test
	void doesNotCountAttemptsThatCouldNotBeVerified() {
		Mono<Profile> full = Mono.error(new Unavailable("Too many passwords are being hashed.", Duration.ZERO));
		for (int i = 0; i < 60; i++) {
			StepVerifier
				.create(this.guesses.attempts.guard(this.guesses.handle, ClientAddress.parse(this.guesses.home), full))
				.verifyError(Unavailable.class);
		}
		StepVerifier.create(this.guesses.right(this.guesses.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void doesNotCountAttemptsWhoseVerificationFailed() {
		Mono<Profile> broken = Mono.error(new IllegalStateException("broken"));
		for (int i = 0; i < 60; i++) {
			StepVerifier
				.create(this.guesses.attempts.guard(this.guesses.handle, ClientAddress.parse(this.guesses.home),
						broken))
				.verifyError(IllegalStateException.class);
		}
		StepVerifier.create(this.guesses.right(this.guesses.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void doesNotCountCancelledAttempts() {
		for (int i = 1; i <= 11; i++) {
			int before = i - 1;
			Disposable waiting = this.guesses.attempts
				.guard(this.guesses.handle, ClientAddress.parse(this.guesses.home), this.guesses.counted(Mono.never()))
				.subscribe();
			await("the password is being verified").until(() -> this.guesses.verified.get() > before);
			waiting.dispose();
			await("the attempt is subtracted")
				.until(() -> this.guesses.failures("both " + this.guesses.handle + " " + this.guesses.home) == 0);
		}
		await("all attempts are subtracted").until(() -> this.guesses.failures("handle " + this.guesses.handle) == 0);
		StepVerifier.create(this.guesses.right(this.guesses.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void doesNotCountAttemptsWhileMongoDbIsUnavailable() {
		LoginLimitSettings closed = new LoginLimitSettings(Duration.ofMinutes(15), 10, 100, 0, 1000);
		try (MongoClient nowhere = MongoClients.create("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=1")) {
			MongoDatabase database = nowhere.getDatabase("session");
			LoginAttempts guarded = this.guesses.stored.attempts(closed,
					new KnownAddresses(database, new DocumentStore(database, JsonMapper.shared(), this.guesses.clock),
							TestSessions.SETTINGS, this.guesses.clock),
					this.guesses.clock);
			for (int i = 0; i < 11; i++) {
				StepVerifier
					.create(guarded.guard(this.guesses.handle, ClientAddress.parse(this.guesses.home), Mono.empty()))
					.verifyError(Unavailable.class);
			}
		}
	}

	@Test
	void countsLocallyWhileRedisIsUnavailable() {
		this.guesses.stored.redis.stop(this.guesses.stored.guard);
		try {
			this.guesses.guess(this.guesses.home, 10);
			StepVerifier.create(this.guesses.wrong(this.guesses.handle, this.guesses.home))
				.verifyError(TooManyRequests.class);
			StepVerifier.create(this.guesses.right(this.guesses.elsewhere(1))).expectNextCount(1).verifyComplete();
			this.guesses.clock.advance(Duration.ofMinutes(14));
			StepVerifier.create(this.guesses.wrong(this.guesses.handle, this.guesses.home))
				.verifyError(TooManyRequests.class);
			this.guesses.clock.advance(Duration.ofMinutes(1));
			this.guesses.guess(this.guesses.home, 10);
			StepVerifier.create(this.guesses.wrong(this.guesses.handle, this.guesses.home))
				.verifyError(TooManyRequests.class);
		}
		finally {
			this.guesses.stored.redis.start();
			Awaitility.await("Redis is available again").until(this.guesses::isRedisAvailable);
		}
	}

	private static ConditionFactory await(String name) {
		return Awaitility.await(name).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
	}

}
