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
 * Every feed is exactly what was acknowledged, whatever is lost or killed meanwhile. The
 * steps follow each other on one growing world.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FeedEqualityJourney {

	private static final int POSTS = 300;

	private static FeedWorld world;

	@BeforeAll
	static void fillTheWorld() throws IOException {
		assumeTrue(TestSystem.isOwn(), "kills and flushes: only against a system that the tests started themselves");
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
	void feedsAreWhatWasAcknowledged() {
		world.post(POSTS);
		feedsAreRight("posts", Await.SOON);
	}

	@Test
	@Order(2)
	void aFlushedCacheChangesNoFeed() throws Exception {
		TestSystem.flushRedis();
		feedsAreRight("cache flushed", Await.SOON);
		Future<?> posting = world.postMeanwhile(POSTS);
		awaitAcknowledged(POSTS + POSTS / 2);
		TestSystem.flushRedis();
		finish(posting);
		feedsAreRight("cache flushed in the middle of posts", Await.SOON);
	}

	@Test
	@Order(3)
	void aKilledFeedServiceLosesNothing() throws Exception {
		int before = world.acknowledged();
		Future<?> posting = world.postMeanwhile(POSTS);
		awaitAcknowledged(before + POSTS / 3);
		TestSystem.agora("kill", "feed-service-1");
		TestSystem.agora("start", "feed-service-1");
		finish(posting);
		feedsAreRight("feed-service killed in the middle of posts", Await.SOON);
	}

	@Test
	@Order(4)
	void postsAreAcceptedWithoutABrokerAndArriveOnce() {
		TestSystem.agora("stop", "kafka");
		world.post(100);
		TestSystem.agora("start", "kafka");
		feedsAreRight("broker away during 100 posts", Await.SOON);
	}

	@Test
	@Order(5)
	void unfollowingTakesEntriesOutAndNothingElse() {
		world.unfollow(200);
		feedsAreRight("200 unfollowed", Await.SOON);
	}

	@Test
	@Order(6)
	void twoClonesOfEverythingKeepTheFeedsRight() throws Exception {
		TestSystem.restart("--clones", "session-service=2,product-service=2,graph-service=2,feed-service=2");
		feedsAreRight("restarted with two clones each", Await.SOON);
		int before = world.acknowledged();
		Future<?> posting = world.postMeanwhile(POSTS);
		awaitAcknowledged(before + POSTS / 3);
		TestSystem.agora("kill", "feed-service-2");
		finish(posting);
		feedsAreRight("one of two feed-service clones killed for good", Await.SOON);
		TestSystem.agora("start", "feed-service-2");
		TestSystem.flushRedis();
		world.post(POSTS);
		feedsAreRight("two clones, after a flush", Await.SOON);
	}

	private static void feedsAreRight(String run, Duration bound) {
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
