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

	private static final long ASKED_AT = Long.MAX_VALUE - 10;

	private final CachedIdentity somebody = new CachedIdentity(ASKED_AT, Mono.just(SIGNED),
			(found) -> Duration.ofSeconds(30));

	@Test
	void isUsableWhileItIsOnItsWay() {
		assertThat(this.somebody.isUsableAt(after(1_000))).isTrue();
		assertThat(this.somebody.takeRenewal(after(1_000))).isFalse();
	}

	@Test
	void isUsableForAsLongAsItMay() {
		settle(this.somebody);
		assertThat(this.somebody.isUsableAt(after(29))).isTrue();
		assertThat(this.somebody.isUsableAt(after(30))).isFalse();
	}

	@Test
	void isRenewedByOneBeforeItIsTooOld() {
		settle(this.somebody);
		assertThat(this.somebody.takeRenewal(after(20))).isFalse();
		assertThat(this.somebody.takeRenewal(after(21))).isTrue();
		assertThat(this.somebody.takeRenewal(after(21))).isFalse();
	}

	@Test
	void isRenewedAgainAfterAWhileWhereThatFailed() {
		settle(this.somebody);
		assertThat(this.somebody.takeRenewal(after(21))).isTrue();
		this.somebody.renewLater(after(22), Duration.ofSeconds(1));
		assertThat(this.somebody.takeRenewal(after(22))).isFalse();
		assertThat(this.somebody.takeRenewal(after(24))).isTrue();
	}

	@Test
	void isNotRenewedWhereThereIsNobody() {
		CachedIdentity nobody = new CachedIdentity(ASKED_AT, Mono.empty(), (found) -> Duration.ofSeconds(1));
		StepVerifier.create(nobody.identity()).expectNext(Optional.empty()).verifyComplete();
		assertThat(nobody.isUsableAt(ASKED_AT)).isTrue();
		assertThat(nobody.takeRenewal(after(1))).isFalse();
		assertThat(nobody.isUsableAt(after(1))).isFalse();
	}

	@Test
	void isNotUsableOnceItHasFailed() {
		CachedIdentity failed = new CachedIdentity(ASKED_AT, Mono.error(new IllegalStateException()),
				(found) -> Duration.ofDays(1));
		StepVerifier.create(failed.identity()).verifyError();
		assertThat(failed.isUsableAt(ASKED_AT)).isFalse();
	}

	private static void settle(CachedIdentity answer) {
		StepVerifier.create(answer.identity()).expectNext(Optional.of(SIGNED)).verifyComplete();
	}

	/** The clock of a JVM may turn over. */
	private static long after(long seconds) {
		return ASKED_AT + Duration.ofSeconds(seconds).toNanos();
	}

}
