package dev.agora.system;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Every feed holds exactly the acknowledged posts, also after a flushed cache, a killed
 * process or a stopped broker. The steps run in order on one growing set of members and
 * posts.
 */
@Order(DoubledSystem.ORDER)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FeedEqualityJourney {

	private static final int POSTS = 200;

	private static FeedWorld world;

	@BeforeAll
	static void fillTheWorld() throws IOException {
		assumeTrue(TestSystem.isOwn(), "It kills processes, so it needs a system that the tests have started.");
		world = new FeedWorld(TestSystem.gateway(), SocialGraph.load());
		world.readAllFeeds();
	}

	@AfterAll
	static void closeTheWorld() {
		if (world != null) {
			world.close();
		}
	}

	@Test
	@Order(1)
	void feedsHoldTheAcknowledgedPosts() {
		world.post(POSTS);
		assertFeeds("posts", Await.SOON);
	}

	@Test
	@Order(2)
	void aFlushedCacheChangesNoFeed() throws Exception {
		RedisServers.flush();
		assertFeeds("cache flushed", Await.SOON);
		Future<?> posting = world.postInBackground(POSTS);
		awaitAcknowledged(POSTS + POSTS / 2);
		RedisServers.flush();
		finish(posting);
		assertFeeds("cache flushed in the middle of posts", Await.SOON);
	}

	@Test
	@Order(3)
	void aKilledFeedServiceLosesNothing() throws Exception {
		int before = world.acknowledged();
		Future<?> posting = world.postInBackground(POSTS);
		awaitAcknowledged(before + POSTS / 3);
		TestSystem.agora("kill", "feed-service-1");
		TestSystem.agora("start", "feed-service-1");
		finish(posting);
		assertFeeds("feed-service killed in the middle of posts", Await.SOON);
	}

	@Test
	@Order(4)
	void postsAreAcceptedWithoutABrokerAndArriveOnce() {
		TestSystem.agora("stop", "kafka");
		world.post(100);
		TestSystem.agora("start", "kafka");
		assertFeeds("broker stopped during 100 posts", Await.SOON);
	}

	@Test
	@Order(5)
	void unfollowingRemovesThePostsOfThatAuthorOnly() {
		world.unfollow(100);
		assertFeeds("100 unfollowed", Await.SOON);
	}

	@Test
	@Order(6)
	void feedsStayRightWithTwoInstancesOfEachService() throws Exception {
		DoubledSystem.require();
		assertFeeds("restarted with two instances each", Await.SOON);
		int before = world.acknowledged();
		Future<?> posting = world.postInBackground(POSTS);
		awaitAcknowledged(before + POSTS / 3);
		TestSystem.agora("kill", "feed-service-2");
		finish(posting);
		assertFeeds("one of two feed-service instances killed for good", Await.SOON);
		TestSystem.agora("start", "feed-service-2");
		RedisServers.flush();
		world.post(POSTS);
		assertFeeds("two instances, after a flush", Await.SOON);
	}

	private static void assertFeeds(String run, Duration bound) {
		FeedDifferences differences = world.differencesAfter(bound);
		System.out.println(run + ": " + differences);
		assertThat(differences.isNone()).as("%s: %s", run, differences).isTrue();
	}

	private static void awaitAcknowledged(int count) {
		Await.until(count + " posts are acknowledged", Await.SOON, () -> world.acknowledged() >= count);
	}

	private static void finish(Future<?> posting) throws InterruptedException, ExecutionException {
		posting.get();
	}

}
