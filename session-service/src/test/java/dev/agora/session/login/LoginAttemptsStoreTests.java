package dev.agora.session.login;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import dev.agora.platform.identity.ClientAddress;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.session.member.Profile;
import dev.agora.session.session.TestSessions;

import static org.assertj.core.api.Assertions.assertThat;

/** The limits of failed log-ins, by handle and address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginAttemptsStoreTests {

	/** Each guess counts in Redis, however late it responds. */
	private final TestGuesses guesses = new TestGuesses(
			new TestSessions(TestRedisServer.started(Duration.ofMinutes(1))));

	@BeforeEach
	void useAnotherHandleAndAddress() {
		this.guesses.useAnotherHandleAndAddress();
	}

	@AfterAll
	void close() {
		this.guesses.close();
	}

	@Test
	void returns429ForAHandleFromOneAddressAfterTenFailures() {
		this.guesses.guess(this.guesses.home, 10);
		StepVerifier.create(this.guesses.wrong(this.guesses.handle, this.guesses.home))
			.verifyErrorSatisfies((refusal) -> {
				TooManyRequests problem = (TooManyRequests) refusal;
				assertThat(problem.code()).isEqualTo("too-many-attempts");
				assertThat(problem.status()).isEqualTo(429);
				assertThat(problem.retryAfter()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
			});
		assertThat(this.guesses.verified).hasValue(10);
		StepVerifier.create(this.guesses.right(this.guesses.home)).verifyError(TooManyRequests.class);
	}

	@Test
	void guessesFromElsewhereDoNotLockAMemberOutAtHome() {
		StepVerifier.create(this.guesses.right(this.guesses.home)).expectNextCount(1).verifyComplete();
		for (int i = 0; i < 200; i++) {
			this.guesses.wrong(this.guesses.handle, this.guesses.elsewhere(i / 5))
				.onErrorComplete(TooManyRequests.class)
				.block();
		}
		assertThat(this.guesses.verified).hasValue(51);
		StepVerifier.create(this.guesses.right(this.guesses.elsewhere(99))).verifyError(TooManyRequests.class);
		StepVerifier.create(this.guesses.right(this.guesses.home)).expectNextCount(1).verifyComplete();
		this.guesses.guess(this.guesses.home, 9);
		StepVerifier.create(this.guesses.right(this.guesses.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void admitsAMemberAtHomeAfterRedisLostItsData() {
		StepVerifier.create(this.guesses.right(this.guesses.home)).expectNextCount(1).verifyComplete();
		this.guesses.stored.redis.flush();
		for (int i = 0; i < 50; i++) {
			StepVerifier.create(this.guesses.wrong(this.guesses.handle, this.guesses.elsewhere(i))).verifyComplete();
		}
		StepVerifier.create(this.guesses.right(this.guesses.elsewhere(99))).verifyError(TooManyRequests.class);
		StepVerifier.create(this.guesses.right(this.guesses.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void refusesAnAddressThatGuessesForManyHandles() {
		String guessing = this.guesses.elsewhere(1);
		for (int i = 0; i < 100; i++) {
			StepVerifier.create(this.guesses.wrong(this.guesses.handle + "_" + i, guessing)).verifyComplete();
		}
		StepVerifier.create(this.guesses.wrong(this.guesses.handle, guessing)).verifyError(TooManyRequests.class);
		assertThat(this.guesses.verified).hasValue(100);
		StepVerifier.create(this.guesses.right(this.guesses.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void admitsAMemberWhoSharesAnAddressWithAGuesser() {
		String shared = this.guesses.elsewhere(1);
		StepVerifier.create(this.guesses.right(shared)).expectNextCount(1).verifyComplete();
		for (int i = 0; i < 100; i++) {
			StepVerifier.create(this.guesses.wrong(this.guesses.handle + "_" + i, shared)).verifyComplete();
		}
		StepVerifier.create(this.guesses.right(shared)).expectNextCount(1).verifyComplete();
	}

	@Test
	void successfulLogInsDoNotCount() {
		StepVerifier.create(Flux.range(0, 300).concatMap((i) -> this.guesses.right(this.guesses.home)))
			.expectNextCount(300)
			.verifyComplete();
		for (int i = 0; i < 150; i++) {
			StepVerifier.create(this.guesses.member(this.guesses.handle + "_" + i, this.guesses.home))
				.expectNextCount(1)
				.verifyComplete();
		}
	}

	@Test
	void aSuccessfulLogInResetsTheFailures() {
		this.guesses.guess(this.guesses.home, 9);
		StepVerifier.create(this.guesses.right(this.guesses.home)).expectNextCount(1).verifyComplete();
		this.guesses.guess(this.guesses.home, 9);
		StepVerifier.create(this.guesses.right(this.guesses.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void countsConcurrentGuesses() {
		Mono<Profile> slowly = Mono.<Profile>empty().delaySubscription(Duration.ofMillis(50));
		StepVerifier
			.create(Flux.range(0, 40)
				.flatMap((i) -> this.guesses.attempts
					.guard(this.guesses.handle, ClientAddress.parse(this.guesses.home), this.guesses.counted(slowly))
					.thenReturn("verified")
					.onErrorReturn(TooManyRequests.class, "refused"), 40)
				.filter("verified"::equals)
				.count())
			.expectNext(10L)
			.verifyComplete();
		assertThat(this.guesses.verified).hasValue(10);
	}

	@Test
	void countsASlash64AsOneAddress() {
		for (int i = 0; i < 10; i++) {
			StepVerifier.create(this.guesses.wrong(this.guesses.handle, "2001:db8::" + (i + 1))).verifyComplete();
		}
		StepVerifier.create(this.guesses.wrong(this.guesses.handle, "2001:db8::99")).verifyError(TooManyRequests.class);
		StepVerifier.create(this.guesses.right("2001:db8:0:1::1")).expectNextCount(1).verifyComplete();
	}

	@Test
	void deletesTheAddressesOfADeletedMember() {
		StepVerifier.create(this.guesses.right(this.guesses.home)).expectNextCount(1).verifyComplete();
		StepVerifier
			.create(this.guesses.stored.at(Instant.now())
				.endAll(this.guesses.handle)
				.then(this.guesses.stored.addresses.contains(this.guesses.handle, this.guesses.home)))
			.expectNext(false)
			.verifyComplete();
	}

	@Test
	void aCounterExpiresWithItsWindow() {
		this.guesses.guess(this.guesses.home, 1);
		String key = "session:login-failures:v1:{handle " + this.guesses.handle + "}";
		assertThat(this.guesses.stored.client().getBucket(key).remainTimeToLive()).isBetween(1L, 900_000L);
	}

}
