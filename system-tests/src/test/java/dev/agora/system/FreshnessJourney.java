package dev.agora.system;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Measures the time from the acknowledgement of a post to the last follower's feed. */
class FreshnessJourney {

	private static final int FOLLOWERS = 20;

	private static final int POSTS = 50;

	/** The progress of the fan-out is read once a second. */
	private static final double MAX_AGE_IN_SECONDS = 10;

	@Test
	void aPostArrivesInEveryFollowersFeed() {
		Gateway gateway = TestSystem.gateway();
		Member author = Member.register(gateway, "Author");
		List<Member> followers = IntStream.range(0, FOLLOWERS)
			.mapToObj((i) -> Member.register(gateway, "F" + i))
			.toList();
		followers.forEach((follower) -> follower.follow(author));
		String first = author.post("first");
		followers.forEach((follower) -> awaitPost(follower, first));
		Histogram delays = new Histogram(3);
		for (int i = 0; i < POSTS; i++) {
			String id = author.post("post " + i);
			long acknowledged = System.nanoTime();
			followers.forEach((follower) -> awaitPost(follower, id));
			delays.recordValue(Duration.ofNanos(System.nanoTime() - acknowledged).toMillis());
		}
		System.out.printf("From the 201 of a post to the last of %d followers' feeds, %d posts: p50 %d ms, p99 %d ms%n",
				FOLLOWERS, POSTS, delays.getValueAtPercentile(50), delays.getValueAtPercentile(99));
		assertThat(delays.getTotalCount()).isEqualTo(POSTS);
	}

	@Test
	void everyPageSaysTheAgeOfWhatItMayLack() {
		Gateway gateway = TestSystem.gateway();
		Member author = Member.register(gateway, "Author");
		Member follower = Member.register(gateway, "Follower");
		follower.follow(author);
		author.post("a post");
		Await.until("all events are applied", Await.SOON,
				() -> age(follower.get("/api/v1/feed").expect(200)) < MAX_AGE_IN_SECONDS);
		assertThat(age(follower.get("/api/v1/feed", "Consistency", "strong").expect(200)))
			.isLessThan(MAX_AGE_IN_SECONDS);
	}

	private static double age(Response page) {
		String age = page.header("X-Feed-Freshness");
		return age.isEmpty() ? Double.MAX_VALUE : Double.parseDouble(age);
	}

	private static void awaitPost(Member follower, String id) {
		Await.until("the post is in the feed", Await.SOON,
				() -> follower.get("/api/v1/feed?limit=1").body().at("/items/0/id").asString().equals(id));
	}

}
