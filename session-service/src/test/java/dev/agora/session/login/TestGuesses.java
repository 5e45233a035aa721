package dev.agora.session.login;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import dev.agora.platform.identity.ClientAddress;
import dev.agora.platform.testing.AdjustableClock;
import dev.agora.session.member.Profile;
import dev.agora.session.session.TestSessions;

/** Attempts to log in with right and wrong passwords, from any address. */
final class TestGuesses implements AutoCloseable {

	private static final LoginLimitSettings SETTINGS = new LoginLimitSettings(Duration.ofMinutes(15), 10, 100, 50,
			1000);

	private static final AtomicInteger count = new AtomicInteger();

	final TestSessions stored;

	final AtomicInteger verified = new AtomicInteger();

	final AdjustableClock clock = new AdjustableClock();

	final LoginAttempts attempts;

	String handle = "";

	String home = "";

	private int network;

	TestGuesses() {
		this(new TestSessions());
	}

	/** Creates guesses of sessions, which they close. */
	TestGuesses(TestSessions stored) {
		this.stored = stored;
		this.attempts = stored.attempts(SETTINGS, this.clock);
	}

	/** Chooses a handle and an address that no other test uses. */
	void useAnotherHandleAndAddress() {
		this.handle = "ada" + count.incrementAndGet();
		this.network = count.incrementAndGet();
		this.home = "203.0.113." + this.network;
		this.verified.set(0);
	}

	void guess(@Nullable String from, int times) {
		for (int i = 0; i < times; i++) {
			StepVerifier.create(wrong(this.handle, from)).verifyComplete();
		}
	}

	Mono<Profile> wrong(String handle, @Nullable String from) {
		return this.attempts.guard(handle, ClientAddress.parse(from), counted(Mono.empty()));
	}

	Mono<Profile> right(String from) {
		return member(this.handle, from);
	}

	Mono<Profile> member(String handle, String from) {
		Profile member = new Profile(handle, 1, handle, "Ada", Instant.EPOCH, null);
		return this.attempts.guard(handle, Optional.of(ClientAddress.parse(from).orElseThrow()),
				counted(Mono.just(member)));
	}

	Mono<Profile> counted(Mono<Profile> verification) {
		return Mono.defer(() -> {
			this.verified.incrementAndGet();
			return verification;
		});
	}

	String elsewhere(int number) {
		return "10." + this.network + ".0." + number;
	}

	int failures(String name) {
		Object count = this.stored.client().getBucket(FailureCounter.key(name), StringCodec.INSTANCE).get();
		return (count != null) ? Integer.parseInt(count.toString()) : 0;
	}

	boolean isRedisAvailable() {
		return Boolean.TRUE.equals(this.stored.guard
			.call(() -> Mono.fromCompletionStage(this.stored.client().getBucket("any").isExistsAsync()))
			.thenReturn(this.stored.guard.isAvailable())
			.onErrorReturn(false)
			.block());
	}

	@Override
	public void close() {
		this.stored.close();
	}

}
