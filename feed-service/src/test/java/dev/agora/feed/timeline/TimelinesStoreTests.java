package dev.agora.feed.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.feed.activity.ActivityEvent;
import dev.agora.platform.testing.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;

/** Plays the races between pushes, builds and follows step by step. */
class TimelinesStoreTests {

	private static FeedStores feed;

	private String ann;

	private String bob;

	@BeforeAll
	static void start() {
		feed = new FeedStores();
	}

	@AfterAll
	static void stop() {
		feed.close();
	}

	@BeforeEach
	void bobFollowsAnn() {
		this.ann = feed.ids.next();
		this.bob = feed.ids.next();
		feed.follow(this.bob, this.ann);
	}

	@Test
	void buildsTheTimelineOnceAndThenReadsIt() {
		double built = feed.reads("built");
		double list = feed.reads("list");
		String first = feed.publish(this.ann);
		assertThat(feed.feed(this.bob, 10)).containsExactly(first);
		String second = feed.publish(this.ann);
		assertThat(feed.feed(this.bob, 10)).containsExactly(second, first);
		assertThat(feed.reads("built") - built).isEqualTo(1);
		assertThat(feed.reads("list") - list).isEqualTo(1);
	}

	@Test
	void pushesNothingToAMemberWithoutATimeline() {
		feed.publish(this.ann);
		assertThat(feed.raw(this.bob)).isEmpty();
	}

	@Test
	void showsTheAuthorsOwnPostAtOnce() {
		assertThat(feed.feed(this.ann, 10)).isEmpty();
		String id = feed.post(this.ann);
		feed.cache.pushToAuthor(this.ann, id).block();
		assertThat(feed.feed(this.ann, 10)).containsExactly(id);
	}

	@Test
	void showsARepeatedPushOnce() {
		feed.feed(this.bob, 10);
		String id = feed.publish(this.ann);
		feed.fanOut.run(id, this.ann);
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	@Test
	void showsAPushBetweenClaimAndHistoryOnce() {
		String token = feed.claim(this.bob);
		String id = feed.publish(this.ann);
		assertThat(feed.complete(this.bob, token, FeedStores.get(feed.timelines.build(this.bob)))).isTrue();
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	@Test
	void keepsAPushBetweenHistoryAndCompletion() {
		String token = feed.claim(this.bob);
		Timeline built = FeedStores.get(feed.timelines.build(this.bob));
		String id = feed.publish(this.ann);
		assertThat(feed.complete(this.bob, token, built)).isTrue();
		double list = feed.reads("list");
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
		assertThat(feed.reads("list") - list).isEqualTo(1);
	}

	@Test
	void readsTheStoreWhileTheTimelineIsBuilt() {
		String id = feed.publish(this.ann);
		feed.claim(this.bob);
		double store = feed.reads("store");
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
		assertThat(feed.reads("store") - store).isEqualTo(1);
	}

	@Test
	void discardsABuildAfterAFlush() {
		String token = feed.claim(this.bob);
		Timeline built = FeedStores.get(feed.timelines.build(this.bob));
		feed.redisson.getKeys().flushall();
		String id = feed.publish(this.ann);
		assertThat(feed.complete(this.bob, token, built)).isFalse();
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	@Test
	void discardsABuildAfterASecondClaim() {
		String first = feed.claim(this.bob);
		Timeline built = FeedStores.get(feed.timelines.build(this.bob));
		feed.redisson.getKeys().flushall();
		String id = feed.publish(this.ann);
		String second = feed.claim(this.bob);
		assertThat(feed.complete(this.bob, first, built)).isFalse();
		assertThat(feed.complete(this.bob, second, FeedStores.get(feed.timelines.build(this.bob)))).isTrue();
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	@Test
	void discardsABuildAfterAFollow() {
		String carol = feed.ids.next();
		String id = feed.publish(carol);
		String token = feed.claim(this.bob);
		Timeline built = FeedStores.get(feed.timelines.build(this.bob));
		feed.follow(this.bob, carol);
		assertThat(feed.complete(this.bob, token, built)).isFalse();
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	@Test
	void hidesAPushThatReadTheFollowersBeforeAnUnfollow() {
		feed.feed(this.bob, 10);
		String id = feed.post(this.ann);
		List<String> audience = followersOf(this.ann);
		feed.endFollow(this.bob, this.ann);
		feed.cache.evict(this.bob).block();
		feed.feed(this.bob, 10);
		feed.cache.push(List.of(new TimelinePush(audience, id))).block();
		assertThat(feed.raw(this.bob)).contains(id);
		assertThat(feed.feed(this.bob, 10)).isEmpty();
	}

	@Test
	void showsAPushThatReadTheFollowersBeforeAFollow() {
		String carol = feed.ids.next();
		feed.feed(carol, 10);
		String id = feed.post(this.ann);
		List<String> audience = followersOf(this.ann);
		feed.follow(carol, this.ann);
		assertThat(feed.feed(carol, 10)).containsExactly(id);
		feed.cache.push(List.of(new TimelinePush(audience, id))).block();
		assertThat(feed.feed(carol, 10)).containsExactly(id);
	}

	@Test
	void continuesPagesBelowTheWatermark() {
		List<String> posts = newestFirst(
				IntStream.range(0, 3 * FeedStores.HISTORY).mapToObj((number) -> feed.publish(this.ann)));
		feed.feed(this.bob, 100);
		posts = newestFirst(Stream.concat(posts.stream(), Stream.of(feed.publish(this.ann), feed.publish(this.bob))));
		for (int limit = 1; limit <= posts.size() + 1; limit++) {
			assertThat(feed.feed(this.bob, limit)).isEqualTo(posts);
		}
	}

	@Test
	void showsALateActivityBelowTheWatermarkInItsPlace() {
		List<String> posts = new ArrayList<>();
		posts.add(feed.publish(this.ann));
		String late = feed.ids.next();
		IntStream.range(0, FeedStores.HISTORY + 2).forEach((number) -> posts.add(feed.publish(this.ann)));
		feed.feed(this.bob, 100);
		feed.list(late, this.ann);
		feed.list(late, this.ann);
		feed.fanOut.run(late, this.ann);
		posts.add(late);
		assertThat(feed.raw(this.bob)).doesNotContain(late);
		assertThat(feed.feed(this.bob, 3)).isEqualTo(newestFirst(posts.stream()));
	}

	@Test
	void fillsPagesWithoutDeletedPosts() {
		List<String> posts = newestFirst(
				IntStream.range(0, FeedStores.HISTORY).mapToObj((number) -> feed.publish(this.ann)));
		assertThat(feed.feed(this.bob, 100)).isEqualTo(posts);
		feed.delete(posts.get(0), this.ann);
		feed.delete(posts.get(1), this.ann);
		feed.delete(posts.get(4), this.ann);
		List<String> remaining = new ArrayList<>(posts);
		remaining.removeAll(List.of(posts.get(0), posts.get(1), posts.get(4)));
		assertThat(feed.feed(this.bob, 2)).isEqualTo(remaining);
		assertThat(feed.raw(this.bob)).contains(posts.get(0));
	}

	@Test
	void measuresTheFreshnessOfAnOldReviewFromItsPublication() {
		ActivityEvent review = new ActivityEvent.Published(this.ann, "reviewed", null, null, Instant.EPOCH);
		feed.fanOut.apply(feed.activityCache, List.of(TestEvents.received(feed.ids.next(), 1, Instant.now(), review)));
		assertThat(feed.meters.timer("feed.freshness").totalTime(TimeUnit.DAYS)).isLessThan(1);
	}

	private static List<String> followersOf(String author) {
		return FeedStores.get(feed.follows.followersOf(author).collectList());
	}

	private static List<String> newestFirst(Stream<String> ids) {
		return ids.sorted(Collections.reverseOrder()).toList();
	}

}
