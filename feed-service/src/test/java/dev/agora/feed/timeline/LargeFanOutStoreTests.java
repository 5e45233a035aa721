package dev.agora.feed.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.feed.fanout.FanOutSettings;
import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Delivers activities to many followers in chunks. */
class LargeFanOutStoreTests {

	private static final int CHUNK = 5;

	private static final int FOLLOWERS = 4 * CHUNK + 2;

	private static FeedStores feed;

	private String ann;

	private List<String> followers;

	@BeforeAll
	static void start() {
		feed = new FeedStores(new FanOutSettings(1000, 0.1, CHUNK), Duration.ofSeconds(1));
	}

	@AfterAll
	static void stop() {
		feed.close();
	}

	@BeforeEach
	void manyFollowAnn() {
		this.ann = feed.ids.next();
		this.followers = IntStream.range(0, FOLLOWERS).mapToObj((number) -> feed.ids.next()).toList();
		this.followers.forEach((follower) -> {
			feed.follow(follower, this.ann);
			feed.feed(follower, 10);
		});
	}

	@Test
	void sharesAFanOutInChunks() {
		List<Runnable> chunks = planned(feed.post(this.ann));
		assertThat(chunks).hasSize(5);
		chunks.get(2).run();
		assertThat(this.followers.stream().filter((follower) -> feed.raw(follower).size() > 1)).hasSize(CHUNK);
		chunks.forEach(Runnable::run);
		drain();
		this.followers.forEach((follower) -> assertThat(feed.raw(follower)).hasSize(2));
	}

	/**
	 * An instance whose clock is wrong creates no posts, but delivers those of others.
	 */
	@Test
	void isPlannedByAnInstanceWhoseClockIsWrong() {
		feed.fanOut.ids.compareClock(Duration.ofHours(1));
		try {
			List<Runnable> chunks = planned(feed.post(this.ann));
			assertThat(chunks).hasSize(5);
			chunks.forEach(Runnable::run);
			drain();
		}
		finally {
			feed.fanOut.ids.compareClock(Duration.ZERO);
		}
	}

	@Test
	void completesOnceWithTheLastChunkDespiteRepetitions() {
		String post = feed.post(this.ann);
		List<Runnable> chunks = new ArrayList<>(planned(post));
		double completed = completed();
		Runnable last = chunks.remove(3);
		chunks.addAll(List.copyOf(chunks));
		Collections.shuffle(chunks, new Random(1));
		chunks.forEach(Runnable::run);
		assertThat(feed.fanOut.takeWork()).isEmpty();
		assertThat(isIncomplete()).isTrue();
		last.run();
		last.run();
		drain();
		assertThat(isIncomplete()).isFalse();
		assertThat(completed() - completed).isEqualTo(1);
		this.followers.forEach((follower) -> assertThat(feed.raw(follower)).containsOnlyOnce(post));
	}

	/** The worker dies after it has published some chunks; another one plans again. */
	@Test
	void countsTheChunksOfOnePlanAfterAKill() {
		String post = feed.post(this.ann);
		feed.mongoServer.failNext("findAndModify", "fanOuts");
		feed.fanOut.start(post, this.ann);
		Runnable request = feed.fanOut.takeWork().get(0);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(request::run);
		List<Runnable> lost = feed.fanOut.takeWork();
		lost.forEach(Runnable::run);
		assertThat(isIncomplete()).as("the plan was not stored").isTrue();
		request.run();
		request.run();
		List<Runnable> chunks = feed.fanOut.takeWork();
		assertThat(chunks).hasSize(5);
		chunks.subList(1, 5).forEach(Runnable::run);
		lost.forEach(Runnable::run);
		assertThat(isIncomplete()).as("a chunk is not delivered").isTrue();
		chunks.get(0).run();
		drain();
		assertThat(isIncomplete()).isFalse();
	}

	@Test
	void waitsWithAChunkWhileRedisIsUnavailable() {
		String post = feed.post(this.ann);
		List<Runnable> chunks = planned(post);
		feed.redisServer.stop(feed.guard);
		try {
			chunks.forEach((chunk) -> assertThatExceptionOfType(Unavailable.class).isThrownBy(chunk::run));
			assertThat(isIncomplete()).isTrue();
		}
		finally {
			feed.redisServer.start();
			await("Redis is available").atMost(Duration.ofSeconds(30))
				.until(() -> feed.openOrClaim(feed.ids.next()) instanceof TimelineLookup.BuildClaimed
						&& feed.guard.isAvailable());
		}
		chunks.forEach(Runnable::run);
		drain();
		assertThat(isIncomplete()).isFalse();
		this.followers.forEach((follower) -> assertThat(feed.feed(follower, 10)).containsExactly(post));
	}

	@Test
	void pushesSmallFanOutsWhileALargeOneWaits() {
		String bob = this.followers.get(0);
		String carol = this.followers.get(1);
		feed.follow(carol, bob);
		feed.feed(carol, 10);
		List<Runnable> chunks = planned(feed.post(this.ann));
		String post = feed.post(bob);
		feed.fanOut.start(post, bob);
		assertThat(feed.raw(carol)).contains(post);
		chunks.forEach(Runnable::run);
		drain();
	}

	/** Starts a fan-out and plans it; returns its chunks. */
	private List<Runnable> planned(String post) {
		feed.fanOut.start(post, this.ann);
		feed.fanOut.takeWork().forEach(Runnable::run);
		return feed.fanOut.takeWork();
	}

	private static void drain() {
		for (List<Runnable> work = feed.fanOut.takeWork(); !work.isEmpty(); work = feed.fanOut.takeWork()) {
			work.forEach(Runnable::run);
		}
	}

	private static boolean isIncomplete() {
		return Boolean.TRUE.equals(feed.fanOut.large.oldest().hasElement().block());
	}

	private static double completed() {
		return feed.meters.get("feed.freshness").timer().count();
	}

}
