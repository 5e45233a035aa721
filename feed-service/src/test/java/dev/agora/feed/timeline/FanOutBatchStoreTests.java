package dev.agora.feed.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.agora.feed.activity.ActivityEvent;
import dev.agora.feed.fanout.FanOutSettings;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.testing.TestTracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Fans out the activities of a batch, of authors with few and with many followers. */
class FanOutBatchStoreTests {

	private static final String OTHER_TRACE = "00-1af7651916cd43dd8448eb211c80319c-c7ad6b7169203331-01";

	private static FeedStores feed;

	private static String pulled;

	@BeforeAll
	static void start() {
		feed = new FeedStores(new FanOutSettings(1000, 0.1, 2), Duration.ofMinutes(1));
		pulled = feed.ids.next();
		feed.fanOut.pulled.pull(pulled, 0).block();
	}

	@AfterAll
	static void stop() {
		feed.close();
	}

	@AfterEach
	void discardRequests() {
		feed.fanOut.takeRequests();
	}

	@Test
	void readsNoFollowersOfAPulledAuthor() {
		String id = feed.post(pulled);
		int finds = feed.mongoServer.count("find", "follows");
		feed.fanOut.start(id, pulled);
		assertThat(feed.mongoServer.count("find", "follows")).isEqualTo(finds);
		assertThat(feed.fanOut.takeRequests()).containsOnlyKeys(id);
	}

	@Test
	void requestsEachLargeFanOutInTheTraceOfItsEvent() {
		String ann = authorWithManyFollowers();
		String bob = authorWithManyFollowers();
		feed.feed(ann, 10);
		feed.feed(bob, 10);
		String first = feed.post(ann);
		String second = feed.post(bob);
		apply(List.of(published(first, ann, TestTracing.SAMPLED), published(second, bob, OTHER_TRACE)));
		assertThat(feed.fanOut.takeRequests()).isEqualTo(Map.of(first, TestTracing.SAMPLED, second, OTHER_TRACE));
		assertThat(feed.raw(ann)).startsWith(first);
		assertThat(feed.raw(bob)).startsWith(second);
	}

	@Test
	void recordsASmallFanOutOnceIfMongoDbRefusesALargeOneOfTheBatch() {
		String ann = feed.ids.next();
		String bob = authorWithManyFollowers();
		List<ReceivedEvent<ActivityEvent>> batch = List.of(published(feed.post(ann), ann),
				published(feed.post(bob), bob));
		long completed = completed();
		feed.mongoServer.failNext("insert", "fanOuts");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> apply(batch));
		assertThat(completed()).isEqualTo(completed);
		apply(batch);
		assertThat(completed() - completed).isEqualTo(1);
	}

	@Test
	void pushesTheActivitiesOfABatchToTheHeadsOfTimelines() {
		String ann = feed.ids.next();
		String bob = feed.ids.next();
		String follower = feed.followerOf(ann);
		feed.follow(follower, bob);
		feed.feed(follower, 10);
		String first = feed.post(ann);
		String second = feed.post(bob);
		long searches = feed.redisServer.countCalls("linsert");
		apply(List.of(published(second, bob), published(first, ann)));
		assertThat(feed.raw(follower)).startsWith(second, first);
		assertThat(feed.redisServer.countCalls("linsert")).isEqualTo(searches);
	}

	private static long completed() {
		return feed.meters.get("feed.freshness").timer().count();
	}

	private static void apply(List<ReceivedEvent<ActivityEvent>> batch) {
		feed.fanOut.apply(feed.activityCache, batch);
	}

	private static ReceivedEvent<ActivityEvent> published(String id, String author) {
		return published(id, author, TestTracing.UNSAMPLED);
	}

	private static ReceivedEvent<ActivityEvent> published(String id, String author, String trace) {
		return new ReceivedEvent<>(id, 1, Instant.now(),
				new ActivityEvent.Published(author, "posted", null, null, Instant.now()), trace);
	}

	private static String authorWithManyFollowers() {
		String author = feed.ids.next();
		for (int number = 0; number < 3; number++) {
			feed.followerOf(author);
		}
		return author;
	}

}
