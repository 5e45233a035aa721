package dev.agora.feed.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import dev.agora.feed.freshness.TestReconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Compares cached home feeds with the store, after one of them was damaged. */
class FeedReconcilerStoreTests {

	private static FeedStores feed;

	private TestReconciler reconciler;

	private String ann;

	private String bob;

	private List<String> posts;

	@BeforeAll
	static void start() {
		feed = new FeedStores();
	}

	@AfterAll
	static void stop() {
		feed.close();
	}

	@BeforeEach
	void bobReadsTheFeed() {
		feed.redisson.getKeys().flushall();
		this.reconciler = new TestReconciler(feed.timelines, feed.cache, feed.activityCache, feed.activities,
				feed.meters);
		this.ann = feed.ids.next();
		this.bob = feed.followerOf(this.ann);
		this.posts = IntStream.range(0, 4)
			.mapToObj((number) -> feed.publish(this.ann))
			.sorted(Comparator.reverseOrder())
			.toList();
		assertThat(feed.feed(this.bob, 10)).isEqualTo(this.posts);
		sendEvents();
	}

	@Test
	void countsAFeedThatIsRight() {
		double compared = count("compared");
		double repaired = count("repaired");
		this.reconciler.compare(this.bob);
		assertThat(count("compared") - compared).isEqualTo(1);
		assertThat(count("repaired") - repaired).isZero();
		assertThat(feed.raw(this.bob)).isNotEmpty();
	}

	@Test
	void repairsAFeedThatLacksAnActivity() {
		remove(this.posts.get(1));
		double repaired = count("repaired");
		assertThat(feed.feed(this.bob, 10)).doesNotContain(this.posts.get(1));
		this.reconciler.compare(this.bob);
		assertThat(count("repaired") - repaired).isEqualTo(1);
		assertThat(feed.feed(this.bob, 10)).isEqualTo(this.posts);
	}

	@Test
	void repairsAFeedWhoseCachedActivityWasDeletedInTheStore() {
		feed.activities.delete(this.posts.get(2), this.ann).block();
		sendEvents();
		this.reconciler.compare(this.bob);
		assertThat(feed.feed(this.bob, 10)).doesNotContain(this.posts.get(2)).hasSize(3);
	}

	@Test
	void leavesAFeedAloneWhileItsEventsAreOnTheirWay() {
		this.reconciler.completeUntil(Instant.now().minusSeconds(60));
		remove(this.posts.get(1));
		double repaired = count("repaired");
		this.reconciler.compare(this.bob);
		assertThat(count("repaired") - repaired).isZero();
		assertThat(feed.raw(this.bob)).isNotEmpty();
	}

	/** After an outage of Kafka, many events wait while later ones are applied. */
	@Test
	void leavesAFeedAloneWhileAnEventWaitsInItsOutbox() {
		String post = feed.post(this.ann);
		double repaired = count("repaired");
		this.reconciler.compare(this.bob);
		assertThat(count("repaired") - repaired).isZero();
		sendEvents();
		this.reconciler.compare(this.bob);
		assertThat(count("repaired") - repaired).as("its event was sent and not applied").isEqualTo(1);
		assertThat(feed.feed(this.bob, 10)).startsWith(post);
	}

	@Test
	void ignoresFeedsThatAreNotCached() {
		double compared = count("compared");
		this.reconciler.compare(this.ann);
		assertThat(count("compared") - compared).isZero();
	}

	@Test
	void findsADamagedFeedAmongTheKeysOfRedis() {
		remove(this.posts.get(0));
		await("the feed is repaired").untilAsserted(() -> {
			this.reconciler.compareAny();
			assertThat(feed.feed(this.bob, 10)).isEqualTo(this.posts);
		});
	}

	/** Kafka has acknowledged all events. */
	private static void sendEvents() {
		Mono.from(feed.mongoServer.database("feed")
			.getCollection("activities")
			.updateMany(Filters.exists("pending"), Updates.combine(Updates.unset("pending"), Updates.unset("outbox"))))
			.block();
	}

	private void remove(String id) {
		List<String> elements = new ArrayList<>(feed.raw(this.bob));
		assertThat(elements.remove(id)).isTrue();
		feed.cache.evict(this.bob).block();
		feed.putRaw(this.bob, elements);
	}

	private static double count(String name) {
		return feed.meters.counter("feed.reconciler." + name).count();
	}

}
