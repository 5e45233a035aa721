package dev.agora.system;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What befalls the cache and the keys logs nobody out. */
class SessionFaultsJourney {

	private static Gateway gateway;

	@BeforeAll
	static void requireOwnSystem() {
		assumeTrue(TestSystem.isOwn(), "breaks things: only in a system that the tests started themselves");
		gateway = TestSystem.gateway();
	}

	@Test
	void aFlushedCacheLogsNobodyOut() throws IOException {
		Member member = Member.joins(gateway, "Flushed");
		TestSystem.flushRedis();
		isLoggedIn(member);
	}

	@Test
	void membersComeAndGoWhileRedisIsAway() {
		Member member = Member.joins(gateway, "Steady");
		isLoggedIn(member);
		TestSystem.agora("stop", "redis");
		try {
			isLoggedIn(member);
			Member again = member.logsInAgain();
			isLoggedIn(again);
			again.sends("DELETE", "/api/v1/sessions/current", null).expect(204);
			Await.until("the ended session is refused", Await.SOON, () -> again.gets("/api/v1/feed").status() == 401);
		}
		finally {
			TestSystem.agora("start", "redis");
		}
		isLoggedIn(member);
		isLoggedIn(member.logsInAgain());
	}

	@Test
	void anotherSigningKeyTakesOverWhileMembersStay() {
		Member member = Member.joins(gateway, "Signed");
		assertThat(TestSystem.agora("rotate-key", "--in", "2")).contains("Valid, the newest first: ");
		// Services look for keys every 5 s.
		long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
		while (System.nanoTime() < end) {
			isLoggedIn(member);
			// A new session is signed for with whatever key is in effect.
			isLoggedIn(member.logsInAgain());
		}
		assertThat(TestSystem.agora("rotate-key", "--retire")).contains(", ");
		isLoggedIn(member);
	}

	private static void isLoggedIn(Member member) {
		member.gets("/api/v1/members/me").expect(200);
		member.gets("/api/v1/feed").expect(200);
	}

}
