package dev.agora.session.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.problem.Unavailable;
import dev.agora.session.member.Profile;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may still try a password, and who no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginAttemptsStoreTests {

	private static final LoginLimitSettings SETTINGS = new LoginLimitSettings(Duration.ofMinutes(15), 10, 100, 50,
			1000);

	private static final AtomicInteger count = new AtomicInteger();

	private final SessionsForTests stored = new SessionsForTests();

	private final AtomicInteger checked = new AtomicInteger();

	private LoginAttempts attempts = attemptsAt(Instant.now());

	private String handle = "";

	private String home = "";

	private int network;

	@BeforeEach
	void nobodyHasTried() {
		this.handle = "ada" + count.incrementAndGet();
		this.network = count.incrementAndGet();
		this.home = "203.0.113." + this.network;
		this.checked.set(0);
	}

	@AfterAll
	void close() {
		this.stored.close();
	}

	@Test
	void refusesFurtherGuessesFromTheSameAddressBeforeTheyAreChecked() {
		guess(this.home, 10);
		StepVerifier.create(wrong(this.handle, this.home)).verifyErrorSatisfies((refusal) -> {
			TooManyRequests problem = (TooManyRequests) refusal;
			assertThat(problem.code()).isEqualTo("too-many-attempts");
			assertThat(problem.status()).isEqualTo(429);
			assertThat(problem.retryAfter()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
		});
		assertThat(this.checked).hasValue(10);
		StepVerifier.create(right(this.home)).verifyError(TooManyRequests.class);
	}

	@Test
	void letsNobodyLockOutAMemberAtHome() {
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
		for (int i = 0; i < 200; i++) {
			wrong(this.handle, elsewhere(i / 5)).onErrorComplete(TooManyRequests.class).block();
		}
		assertThat(this.checked).hasValue(51);
		StepVerifier.create(right(elsewhere(99))).verifyError(TooManyRequests.class);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
		guess(this.home, 9);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void stillKnowsAMemberAtHomeWhenRedisHasLostAll() {
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
		this.stored.redis.flush();
		for (int i = 0; i < 50; i++) {
			StepVerifier.create(wrong(this.handle, elsewhere(i))).verifyComplete();
		}
		StepVerifier.create(right(elsewhere(99))).verifyError(TooManyRequests.class);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void answersTheSameForAHandleThatNobodyHas() {
		guess(this.home, 10);
		StepVerifier.create(wrong(this.handle, this.home)).verifyError(TooManyRequests.class);
	}

	@Test
	void refusesAnAddressThatGuessesAtMany() {
		String guessing = elsewhere(1);
		for (int i = 0; i < 100; i++) {
			StepVerifier.create(wrong(this.handle + "_" + i, guessing)).verifyComplete();
		}
		StepVerifier.create(wrong(this.handle, guessing)).verifyError(TooManyRequests.class);
		assertThat(this.checked).hasValue(100);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void letsAMemberInWhoSharesAnAddressWithSomebodyWhoGuesses() {
		String shared = elsewhere(1);
		StepVerifier.create(right(shared)).expectNextCount(1).verifyComplete();
		for (int i = 0; i < 100; i++) {
			StepVerifier.create(wrong(this.handle + "_" + i, shared)).verifyComplete();
		}
		StepVerifier.create(right(shared)).expectNextCount(1).verifyComplete();
	}

	@Test
	void neverCountsWhatWasRight() {
		StepVerifier.create(Flux.range(0, 300).concatMap((i) -> right(this.home)))
			.expectNextCount(300)
			.verifyComplete();
		for (int i = 0; i < 150; i++) {
			StepVerifier.create(member(this.handle + "_" + i, this.home)).expectNextCount(1).verifyComplete();
		}
	}

	@Test
	void forgivesMistypingOnceThePasswordWasRight() {
		guess(this.home, 9);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
		guess(this.home, 9);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void countsGuessesThatComeAllAtOnce() {
		Mono<Profile> slowly = Mono.<Profile>empty().delaySubscription(Duration.ofMillis(50));
		StepVerifier
			.create(Flux.range(0, 40)
				.flatMap((i) -> this.attempts.guard(this.handle, ClientAddress.parse(this.home), counted(slowly))
					.thenReturn("checked")
					.onErrorReturn(TooManyRequests.class, "refused"), 40)
				.filter("checked"::equals)
				.count())
			.expectNext(10L)
			.verifyComplete();
		assertThat(this.checked).hasValue(10);
	}

	@Test
	void doesNotCountWhatCouldNotBeChecked() {
		Mono<Profile> full = Mono.error(new Unavailable("Too many passwords are being checked.", Duration.ZERO));
		for (int i = 0; i < 60; i++) {
			StepVerifier.create(this.attempts.guard(this.handle, ClientAddress.parse(this.home), full))
				.verifyError(Unavailable.class);
		}
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void countsASlash64AsOneAddress() {
		for (int i = 0; i < 10; i++) {
			StepVerifier.create(wrong(this.handle, "2001:db8::" + (i + 1))).verifyComplete();
		}
		StepVerifier.create(wrong(this.handle, "2001:db8::99")).verifyError(TooManyRequests.class);
		StepVerifier.create(right("2001:db8:0:1::1")).expectNextCount(1).verifyComplete();
	}

	@Test
	void countsByItselfWhileRedisIsAway() {
		this.stored.redis.stop();
		try {
			guess(this.home, 10);
			StepVerifier.create(wrong(this.handle, this.home)).verifyError(TooManyRequests.class);
			StepVerifier.create(right(elsewhere(1))).expectNextCount(1).verifyComplete();
			LoginAttempts later = attemptsAt(Instant.now().plus(Duration.ofMinutes(16)));
			StepVerifier.create(later.guard(this.handle, ClientAddress.parse(this.home), Mono.empty()))
				.verifyComplete();
		}
		finally {
			this.stored.redis.start();
			Awaitility.await("Redis is asked again").until(this::isRedisAsked);
		}
	}

	@Test
	void forgetsAMemberWhoIsGone() {
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
		StepVerifier
			.create(this.stored.at(Instant.now())
				.endAll(this.handle)
				.then(this.stored.addresses.knows(this.handle, this.home)))
			.expectNext(false)
			.verifyComplete();
	}

	@Test
	void keepsAWindowUnderTheKeyOfItsHandle() {
		guess(this.home, 1);
		String key = "session:login-failures:v1:{handle " + this.handle + "}";
		assertThat(this.stored.client().getBucket(key).remainTimeToLive()).isBetween(1L, 900_000L);
	}

	private boolean isRedisAsked() {
		return Boolean.TRUE.equals(this.stored.guard
			.call(() -> Mono.fromCompletionStage(this.stored.client().getBucket("any").isExistsAsync()))
			.thenReturn(this.stored.guard.isAvailable())
			.onErrorReturn(false)
			.block());
	}

	private void guess(@Nullable String from, int times) {
		for (int i = 0; i < times; i++) {
			StepVerifier.create(wrong(this.handle, from)).verifyComplete();
		}
	}

	private Mono<Profile> wrong(String handle, @Nullable String from) {
		return this.attempts.guard(handle, ClientAddress.parse(from), counted(Mono.empty()));
	}

	private Mono<Profile> right(String from) {
		return member(this.handle, from);
	}

	private Mono<Profile> member(String handle, String from) {
		Profile member = new Profile(handle, 1, handle, "Ada", Instant.EPOCH);
		return this.attempts.guard(handle, Optional.of(ClientAddress.parse(from).orElseThrow()),
				counted(Mono.just(member)));
	}

	private Mono<Profile> counted(Mono<Profile> check) {
		return Mono.defer(() -> {
			this.checked.incrementAndGet();
			return check;
		});
	}

	private String elsewhere(int number) {
		return "10." + this.network + ".0." + number;
	}

	private LoginAttempts attemptsAt(Instant moment) {
		return this.stored.attempts(SETTINGS, moment);
	}

}
