package dev.agora.session.session;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.agora.session.member.Card;

import static org.assertj.core.api.Assertions.assertThat;

class SessionTests {

	private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

	private static final Duration IDLE = Duration.ofDays(14);

	private final Session session = new Session("0SAX0HV526DHM", new Card("0SAX0HV526DHN", "ada", "Ada"), 1, null, null,
			null, START, START, START.plus(IDLE), START.plus(Duration.ofDays(90)));

	@Test
	void isOpenUntilTheMomentItExpires() {
		assertThat(this.session.isOpenAt(START.plus(IDLE).minusMillis(1))).isTrue();
		assertThat(this.session.isOpenAt(START.plus(IDLE))).isFalse();
	}

	@Test
	void lastsLongerWhenItIsUsed() {
		Session touched = this.session.touched(START.plus(Duration.ofDays(10)), IDLE);
		assertThat(touched.expiresAt()).isEqualTo(START.plus(Duration.ofDays(24)));
		assertThat(touched.seenAt()).isEqualTo(START.plus(Duration.ofDays(10)));
	}

	@Test
	void endsAtItsAbsoluteEndEvenIfItIsUsed() {
		Session touched = this.session.touched(START.plus(Duration.ofDays(89)), IDLE);
		assertThat(touched.expiresAt()).isEqualTo(START.plus(Duration.ofDays(90)));
	}

	@Test
	void isTouchedOnceAMinute() {
		assertThat(this.session.isTouchDue(START.plusSeconds(59), Duration.ofMinutes(1))).isFalse();
		assertThat(this.session.isTouchDue(START.plusSeconds(60), Duration.ofMinutes(1))).isTrue();
	}

}
