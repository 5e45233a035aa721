package dev.agora.session.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redisson.client.codec.StringCodec;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.identity.ClientAddress;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.AdjustableClock;
import dev.agora.session.member.Profile;
import dev.agora.session.session.KnownAddresses;
import dev.agora.session.session.TestSessions;

import static org.assertj.core.api.Assertions.assertThat;

/** The limits of failed log-ins, by handle and address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginAttemptsStoreTests {

	private static final LoginLimitSettings SETTINGS = new LoginLimitSettings(Duration.ofMinutes(15), 10, 100, 50,
			1000);

	private static final AtomicInteger count = new AtomicInteger();

	private final TestSessions stored = new TestSessions();

	private final AtomicInteger verified = new AtomicInteger();

	private final AdjustableClock clock = new AdjustableClock();

	private final LoginAttempts attempts = this.stored.attempts(SETTINGS, this.clock);

	private String handle = "";

	private String home = "";

	private int network;

	@BeforeEach
	void useAnotherHandleAndAddress() {
		this.handle = "ada" + count.incrementAndGet();
		this.network = count.incrementAndGet();
		this.home = "203.0.113." + this.network;
		this.verified.set(0);
	}

	@AfterAll
	void close() {
		this.stored.close();
	}

	@Test
	void returns429ForAHandleFromOneAddressAfterTenFailures() {
		guess(this.home, 10);
		StepVerifier.create(wrong(this.handle, this.home)).verifyErrorSatisfies((refusal) -> {
			TooManyRequests problem = (TooManyRequests) refusal;
			assertThat(problem.code()).isEqualTo("too-many-attempts");
			assertThat(problem.status()).isEqualTo(429);
			assertThat(problem.retryAfter()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
		});
		assertThat(this.verified).hasValue(10);
		StepVerifier.create(right(this.home)).verifyError(TooManyRequests.class);
	}

	@Test
	void guessesFromElsewhereDoNotLockAMemberOutAtHome() {
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
		for (int i = 0; i < 200; i++) {
			wrong(this.handle, elsewhere(i / 5)).onErrorComplete(TooManyRequests.class).block();
		}
		assertThat(this.verified).hasValue(51);
		StepVerifier.create(right(elsewhere(99))).verifyError(TooManyRequests.class);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
		guess(this.home, 9);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void admitsAMemberAtHomeAfterRedisLostItsData() {
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
		this.stored.redis.flush();
		for (int i = 0; i < 50; i++) {
			StepVerifier.create(wrong(this.handle, elsewhere(i))).verifyComplete();
		}
		StepVerifier.create(right(elsewhere(99))).verifyError(TooManyRequests.class);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void refusesAnAddressThatGuessesForManyHandles() {
		String guessing = elsewhere(1);
		for (int i = 0; i < 100; i++) {
			StepVerifier.create(wrong(this.handle + "_" + i, guessing)).verifyComplete();
		}
		StepVerifier.create(wrong(this.handle, guessing)).verifyError(TooManyRequests.class);
		assertThat(this.verified).hasValue(100);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void admitsAMemberWhoSharesAnAddressWithAGuesser() {
		String shared = elsewhere(1);
		StepVerifier.create(right(shared)).expectNextCount(1).verifyComplete();
		for (int i = 0; i < 100; i++) {
			StepVerifier.create(wrong(this.handle + "_" + i, shared)).verifyComplete();
		}
		StepVerifier.create(right(shared)).expectNextCount(1).verifyComplete();
	}

	@Test
	void successfulLogInsDoNotCount() {
		StepVerifier.create(Flux.range(0, 300).concatMap((i) -> right(this.home)))
			.expectNextCount(300)
			.verifyComplete();
		for (int i = 0; i < 150; i++) {
			StepVerifier.create(member(this.handle + "_" + i, this.home)).expectNextCount(1).verifyComplete();
		}
	}

	@Test
	void aSuccessfulLogInResetsTheFailures() {
		guess(this.home, 9);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
		guess(this.home, 9);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void countsConcurrentGuesses() {
		Mono<Profile> slowly = Mono.<Profile>empty().delaySubscription(Duration.ofMillis(50));
		StepVerifier
			.create(Flux.range(0, 40)
				.flatMap((i) -> this.attempts.guard(this.handle, ClientAddress.parse(this.home), counted(slowly))
					.thenReturn("verified")
					.onErrorReturn(TooManyRequests.class, "refused"), 40)
				.filter("verified"::equals)
				.count())
			.expectNext(10L)
			.verifyComplete();
		assertThat(this.verified).hasValue(10);
	}

	@Test
	void doesNotCountAttemptsThatCouldNotBeVerified() {
		Mono<Profile> full = Mono.error(new Unavailable("Too many passwords are being hashed.", Duration.ZERO));
		for (int i = 0; i < 60; i++) {
			StepVerifier.create(this.attempts.guard(this.handle, ClientAddress.parse(this.home), full))
				.verifyError(Unavailable.class);
		}
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void doesNotCountAttemptsWhoseVerificationFailed() {
		Mono<Profile> broken = Mono.error(new IllegalStateException("broken"));
		for (int i = 0; i < 60; i++) {
			StepVerifier.create(this.attempts.guard(this.handle, ClientAddress.parse(this.home), broken))
				.verifyError(IllegalStateException.class);
		}
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void doesNotCountCancelledAttempts() {
		for (int i = 1; i <= 11; i++) {
			int before = i - 1;
			Disposable waiting = this.attempts.guard(this.handle, ClientAddress.parse(this.home), counted(Mono.never()))
				.subscribe();
			await("the password is being verified").until(() -> this.verified.get() > before);
			waiting.dispose();
			await("the attempt is subtracted").until(() -> failures("both " + this.handle + " " + this.home) == 0);
		}
		await("all attempts are subtracted").until(() -> failures("handle " + this.handle) == 0);
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
	}

	@Test
	void doesNotCountAttemptsWhileMongoDbIsUnavailable() {
		LoginLimitSettings closed = new LoginLimitSettings(Duration.ofMinutes(15), 10, 100, 0, 1000);
		try (MongoClient nowhere = MongoClients.create("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=1")) {
			MongoDatabase database = nowhere.getDatabase("session");
			LoginAttempts guarded = this.stored.attempts(closed, new KnownAddresses(database,
					new DocumentStore(database, JsonMapper.shared(), this.clock), TestSessions.SETTINGS, this.clock),
					this.clock);
			for (int i = 0; i < 11; i++) {
				StepVerifier.create(guarded.guard(this.handle, ClientAddress.parse(this.home), Mono.empty()))
					.verifyError(Unavailable.class);
			}
		}
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
	void countsLocallyWhileRedisIsUnavailable() {
		this.stored.redis.stop(this.stored.guard);
		try {
			guess(this.home, 10);
			StepVerifier.create(wrong(this.handle, this.home)).verifyError(TooManyRequests.class);
			StepVerifier.create(right(elsewhere(1))).expectNextCount(1).verifyComplete();
			this.clock.advance(Duration.ofMinutes(14));
			StepVerifier.create(wrong(this.handle, this.home)).verifyError(TooManyRequests.class);
			this.clock.advance(Duration.ofMinutes(1));
			guess(this.home, 10);
			StepVerifier.create(wrong(this.handle, this.home)).verifyError(TooManyRequests.class);
		}
		finally {
			this.stored.redis.start();
			Awaitility.await("Redis is available again").until(this::isRedisAvailable);
		}
	}

	@Test
	void deletesTheAddressesOfADeletedMember() {
		StepVerifier.create(right(this.home)).expectNextCount(1).verifyComplete();
		StepVerifier
			.create(this.stored.at(Instant.now())
				.endAll(this.handle)
				.then(this.stored.addresses.contains(this.handle, this.home)))
			.expectNext(false)
			.verifyComplete();
	}

	@Test
	void aCounterExpiresWithItsWindow() {
		guess(this.home, 1);
		String key = "session:login-failures:v1:{handle " + this.handle + "}";
		assertThat(this.stored.client().getBucket(key).remainTimeToLive()).isBetween(1L, 900_000L);
	}

	private static ConditionFactory await(String name) {
		return Awaitility.await(name).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
	}

	private int failures(String name) {
		Object count = this.stored.client().getBucket(FailureCounter.key(name), StringCodec.INSTANCE).get();
		return (count != null) ? Integer.parseInt(count.toString()) : 0;
	}

	private boolean isRedisAvailable() {
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
		Profile member = new Profile(handle, 1, handle, "Ada", Instant.EPOCH, null);
		return this.attempts.guard(handle, Optional.of(ClientAddress.parse(from).orElseThrow()),
				counted(Mono.just(member)));
	}

	private Mono<Profile> counted(Mono<Profile> verification) {
		return Mono.defer(() -> {
			this.verified.incrementAndGet();
			return verification;
		});
	}

	private String elsewhere(int number) {
		return "10." + this.network + ".0." + number;
	}

}
