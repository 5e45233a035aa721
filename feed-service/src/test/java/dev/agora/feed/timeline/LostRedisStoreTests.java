package dev.agora.feed.timeline;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What home feeds are while Redis is away, and when it comes back with less than it had.
 */
class LostRedisStoreTests {

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
	void aRedisThatComesBackWithoutTheLastPushesIsNotBelieved() {
		feed.feed(this.bob, 10);
		List<String> saved = feed.raw(this.bob);
		String id = feed.publish(this.ann);
		feed.redisServer.restart();
		awaitRedis();
		feed.putRaw(this.bob, saved);
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	@Test
	void aRedisThatWasReplacedMeanwhileIsNotBelieved() {
		feed.feed(this.bob, 10);
		List<String> saved = feed.raw(this.bob);
		String id = feed.publish(this.ann);
		feed.redisServer.failOver();
		feed.putRaw(this.bob, saved);
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	@Test
	void aClaimOfAnEarlierRedisCompletesNothing() {
		String token = feed.claim(this.bob);
		Timelines.Made made = FeedStores.get(feed.timelines.make(this.bob));
		List<String> saved = feed.raw(this.bob);
		String id = feed.publish(this.ann);
		feed.redisServer.restart();
		awaitRedis();
		feed.putRaw(this.bob, saved);
		assertThat(feed.complete(this.bob, token, made)).isFalse();
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	@Test
	void withoutRedisFeedsComeFromTheStoreAndPushesAreTriedAgain() {
		String id = feed.publish(this.ann);
		feed.feed(this.bob, 10);
		feed.redisServer.stop();
		try {
			String next = feed.post(this.ann);
			feed.cache.pushToAuthor(this.ann, next).block();
			assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> feed.fanOut(next, this.ann));
			assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> feed.cache.drop(this.bob).block());
			assertThat(feed.feed(this.bob, 10)).containsExactly(next, id);
		}
		finally {
			feed.redisServer.start();
			awaitRedis();
		}
	}

	private static void awaitRedis() {
		await("Redis is asked again").until(() -> feed.open(feed.ids.next()) instanceof TimelineLookup.Claimed);
	}

}
