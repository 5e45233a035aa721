package dev.agora.feed.timeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.feed.fanout.FanOutSettings;
import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Reads home feeds while Redis is unavailable, and after Redis has lost its last writes.
 */
class LostRedisStoreTests {

	private static FeedStores feed;

	private String ann;

	private String bob;

	@BeforeAll
	static void start() {
		feed = new FeedStores(new FanOutSettings(1000, 0.1, 8), Duration.ofSeconds(1));
	}

	@AfterAll
	static void stop() {
		feed.close();
	}

	@BeforeEach
	void bobFollowsAnn() {
		this.ann = feed.ids.next();
		this.bob = feed.followerOf(this.ann);
	}

	@Test
	void ignoresATimelineFromBeforeARestart() {
		feed.feed(this.bob, 10);
		List<String> saved = feed.raw(this.bob);
		String id = feed.publish(this.ann);
		feed.redisServer.restart();
		awaitRedis();
		feed.putRaw(this.bob, saved);
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	@Test
	void ignoresATimelineFromBeforeAFailover() {
		feed.feed(this.bob, 10);
		List<String> saved = feed.raw(this.bob);
		String id = feed.publish(this.ann);
		feed.redisServer.failOver();
		feed.putRaw(this.bob, saved);
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	@Test
	void discardsABuildThatWasClaimedBeforeARestart() {
		String token = feed.claim(this.bob);
		Timeline built = FeedStores.get(feed.timelines.build(this.bob));
		List<String> saved = feed.raw(this.bob);
		String id = feed.publish(this.ann);
		feed.redisServer.restart();
		awaitRedis();
		feed.putRaw(this.bob, saved);
		assertThat(feed.complete(this.bob, token, built)).isFalse();
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	@Test
	void readsTheStoreAndRefusesPushesWhileRedisIsUnavailable() {
		String id = feed.publish(this.ann);
		feed.feed(this.bob, 10);
		feed.redisServer.stop(feed.guard);
		try {
			String next = feed.post(this.ann);
			feed.cache.pushToAuthor(this.ann, next).block();
			assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> feed.fanOut.run(next, this.ann));
			assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> feed.cache.evict(this.bob).block());
			assertThatExceptionOfType(Unavailable.class)
				.isThrownBy(() -> feed.activityCache.invalidateAll(Map.of(next, 1L)).block());
			assertThat(feed.feed(this.bob, 10)).containsExactly(next, id);
		}
		finally {
			feed.redisServer.start();
			awaitRedis();
		}
	}

	@Test
	void hidesABlockedMemberWhileRedisIsUnavailableAndAfterwards() {
		feed.publish(this.ann);
		feed.feed(this.bob, 10);
		assertThat(feed.shows(this.ann, this.bob)).isTrue();
		feed.redisServer.stop(feed.guard);
		try {
			feed.projectBlock(this.ann, this.bob);
			assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> feed.hidden.evict(this.ann).block());
			assertThat(feed.feed(this.bob, 10)).isEmpty();
			assertThat(feed.shows(this.ann, this.bob)).isFalse();
		}
		finally {
			feed.redisServer.start();
			awaitRedis();
		}
		feed.block(this.ann, this.bob);
		assertThat(feed.feed(this.bob, 10)).isEmpty();
		assertThat(feed.shows(this.ann, this.bob)).isFalse();
	}

	private static void awaitRedis() {
		await("Redis is available").atMost(Duration.ofSeconds(30))
			.until(() -> feed.openOrClaim(feed.ids.next()) instanceof TimelineLookup.BuildClaimed
					&& feed.guard.isAvailable());
	}

}
