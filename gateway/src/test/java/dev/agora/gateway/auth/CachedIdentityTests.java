package dev.agora.gateway.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class CachedIdentityTests {

	private static final SignedIdentity SIGNED = new SignedIdentity("signed", Instant.MAX, "m");

	private static final long REQUESTED_AT = Long.MAX_VALUE - 10;

	private final CachedIdentity identity = new CachedIdentity(REQUESTED_AT, Mono.just(SIGNED),
			(found) -> Duration.ofSeconds(30));

	@Test
	void isUsableWhileItIsRequested() {
		assertThat(this.identity.isUsableAt(after(1_000))).isTrue();
		assertThat(this.identity.tryStartRenewal(after(1_000))).isFalse();
	}

	@Test
	void isUsableForItsTimeToLive() {
		resolve(this.identity);
		assertThat(this.identity.isUsableAt(after(29))).isTrue();
		assertThat(this.identity.isUsableAt(after(30))).isFalse();
	}

	@Test
	void isRenewedOnceBeforeItExpires() {
		resolve(this.identity);
		assertThat(this.identity.tryStartRenewal(after(20))).isFalse();
		assertThat(this.identity.tryStartRenewal(after(21))).isTrue();
		assertThat(this.identity.tryStartRenewal(after(21))).isFalse();
	}

	@Test
	void isRenewedAgainAfterADelayWhenTheRenewalFailed() {
		resolve(this.identity);
		assertThat(this.identity.tryStartRenewal(after(21))).isTrue();
		this.identity.postponeRenewal(after(22), Duration.ofSeconds(1));
		assertThat(this.identity.tryStartRenewal(after(22))).isFalse();
		assertThat(this.identity.tryStartRenewal(after(24))).isTrue();
	}

	@Test
	void isNotRenewedWithoutASession() {
		CachedIdentity nobody = new CachedIdentity(REQUESTED_AT, Mono.empty(), (found) -> Duration.ofSeconds(1));
		StepVerifier.create(nobody.identity()).expectNext(Optional.empty()).verifyComplete();
		assertThat(nobody.isUsableAt(REQUESTED_AT)).isTrue();
		assertThat(nobody.tryStartRenewal(after(1))).isFalse();
		assertThat(nobody.isUsableAt(after(1))).isFalse();
	}

	@Test
	void isNotUsableAfterAFailure() {
		CachedIdentity failed = new CachedIdentity(REQUESTED_AT, Mono.error(new IllegalStateException()),
				(found) -> Duration.ofDays(1));
		StepVerifier.create(failed.identity()).verifyError();
		assertThat(failed.isUsableAt(REQUESTED_AT)).isFalse();
	}

	private static void resolve(CachedIdentity response) {
		StepVerifier.create(response.identity()).expectNext(Optional.of(SIGNED)).verifyComplete();
	}

	/** The clock of a JVM may overflow. */
	private static long after(long seconds) {
		return REQUESTED_AT + Duration.ofSeconds(seconds).toNanos();
	}

}
