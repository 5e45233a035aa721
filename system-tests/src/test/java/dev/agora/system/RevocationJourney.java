package dev.agora.system;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures how long the gateway accepts the token of an ended session whose identity it
 * has cached. {@code -Dagora.revocations=200} measures 200 sessions.
 */
class RevocationJourney {

	private static final int SESSIONS = Integer.getInteger("agora.revocations", 20);

	/** The goal for the 50th percentile. */
	private static final Duration GOAL = Duration.ofSeconds(1);

	/** The goal on a busy machine, as a multiple of the duration of one request. */
	private static final int GOAL_IN_REQUESTS = 20;

	@Test
	void returns401SoonAfterASessionHasEnded() {
		Member member = Member.register(TestSystem.gateway(), "Leaver");
		Histogram delays = new Histogram(3);
		Histogram requests = new Histogram(3);
		for (int i = 0; i < SESSIONS; i++) {
			Member elsewhere = member.logIn();
			String id = elsewhere.allPages("/api/v1/sessions", "id").get(0);
			cacheIdentities(elsewhere);
			long start = System.nanoTime();
			elsewhere.get("/api/v1/members/me").expect(200);
			requests.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
			member.send("DELETE", "/api/v1/sessions/" + id, null).expect(204);
			long ended = System.nanoTime();
			awaitRefusal(elsewhere, "/api/v1/feed");
			delays.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - ended));
			awaitRefusal(elsewhere, "/api/v1/members/me");
		}
		member.get("/api/v1/feed").expect(200);
		System.out.printf("From the 204 of an ended session to its refusal, %d sessions: p50 %.1f ms, p99 %.1f ms%n",
				SESSIONS, delays.getValueAtPercentile(50) / 1000.0, delays.getValueAtPercentile(99) / 1000.0);
		assertThat(delays.getValueAtPercentile(50)).as("50th percentile in µs")
			.isLessThan(Math.max(TimeUnit.NANOSECONDS.toMicros(GOAL.toNanos()),
					GOAL_IN_REQUESTS * requests.getValueAtPercentile(50)));
	}

	private static void cacheIdentities(Member member) {
		for (String path : List.of("/api/v1/feed", "/api/v1/members/me", "/api/v1/feed", "/api/v1/members/me")) {
			member.get(path).expect(200);
		}
	}

	private static void awaitRefusal(Member member, String path) {
		Await.until("the ended session is refused", Await.SOON, () -> member.get(path).status() == 401);
	}

}
