package dev.agora.system;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** No member is logged out by a failure of Redis or a rotation of the signing key. */
class SessionFaultsJourney {

	private static Gateway gateway;

	@BeforeAll
	static void requireOwnSystem() {
		assumeTrue(TestSystem.isOwn(), "It stops processes, so it needs a system that the tests have started.");
		gateway = TestSystem.gateway();
	}

	@Test
	void sessionsSurviveAFlushedCache() throws IOException {
		Member member = Member.register(gateway, "Flushed");
		RedisServers.flush();
		assertLoggedIn(member);
	}

	@Test
	void membersLogInAndOutWhileRedisIsStopped() {
		Member member = Member.register(gateway, "Steady");
		assertLoggedIn(member);
		TestSystem.agora("stop", "redis");
		try {
			assertLoggedIn(member);
			Member again = member.logIn();
			assertLoggedIn(again);
			again.send("DELETE", "/api/v1/sessions/current", null).expect(204);
			Await.until("the ended session is refused", Await.SOON, () -> again.get("/api/v1/feed").status() == 401);
		}
		finally {
			TestSystem.agora("start", "redis");
		}
		assertLoggedIn(member);
		assertLoggedIn(member.logIn());
	}

	@Test
	void sessionsSurviveARotationOfTheSigningKey() {
		Member member = Member.register(gateway, "Signed");
		assertThat(TestSystem.agora("rotate-key", "--in", "2")).contains("Valid keys, the newest first: ");
		// Services read the key files every 5 s.
		long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
		while (System.nanoTime() < end) {
			assertLoggedIn(member);
			// The identity of a new session is signed with the key that is in effect.
			assertLoggedIn(member.logIn());
		}
		assertThat(TestSystem.agora("rotate-key", "--retire")).contains(", ");
		assertLoggedIn(member);
	}

	private static void assertLoggedIn(Member member) {
		member.get("/api/v1/members/me").expect(200);
		member.get("/api/v1/feed").expect(200);
	}

}
