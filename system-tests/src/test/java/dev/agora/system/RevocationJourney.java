package dev.agora.system;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long an ended session is still taken for open, though the gateway knew it by heart.
 * {@code -Dagora.revocations=200} measures more of them.
 */
class RevocationJourney {

	private static final int SESSIONS = Integer.getInteger("agora.revocations", 20);

	/** The goal, of the most. */
	private static final Duration GOAL = Duration.ofSeconds(1);

	/**
	 * On a busy machine, where any request takes long: so many requests' time instead.
	 */
	private static final int GOAL_IN_REQUESTS = 20;

	@Test
	void anEndedSessionIsRefusedSoon() {
		Member member = Member.joins(TestSystem.gateway(), "Leaver");
		Histogram delays = new Histogram(3);
		Histogram requests = new Histogram(3);
		for (int i = 0; i < SESSIONS; i++) {
			Member elsewhere = member.logsInAgain();
			String id = elsewhere.allPages("/api/v1/sessions", "id").get(0);
			knownByHeart(elsewhere);
			long asked = System.nanoTime();
			elsewhere.gets("/api/v1/members/me").expect(200);
			requests.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - asked));
			member.sends("DELETE", "/api/v1/sessions/" + id, null).expect(204);
			long ended = System.nanoTime();
			refused(elsewhere, "/api/v1/feed");
			delays.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - ended));
			refused(elsewhere, "/api/v1/members/me");
		}
		member.gets("/api/v1/feed").expect(200);
		System.out.printf("From the 204 of an ended session to its refusal, %d sessions: p50 %.1f ms, p99 %.1f ms%n",
				SESSIONS, delays.getValueAtPercentile(50) / 1000.0, delays.getValueAtPercentile(99) / 1000.0);
		assertThat(delays.getValueAtPercentile(50)).as("half of them, in µs")
			.isLessThan(Math.max(TimeUnit.NANOSECONDS.toMicros(GOAL.toNanos()),
					GOAL_IN_REQUESTS * requests.getValueAtPercentile(50)));
	}

	private static void knownByHeart(Member member) {
		for (String path : List.of("/api/v1/feed", "/api/v1/members/me", "/api/v1/feed", "/api/v1/members/me")) {
			member.gets(path).expect(200);
		}
	}

	private static void refused(Member member, String path) {
		Await.until("the ended session is refused", Await.SOON, () -> member.gets(path).status() == 401);
	}

}
