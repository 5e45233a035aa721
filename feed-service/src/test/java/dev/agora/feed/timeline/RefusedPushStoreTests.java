package dev.agora.feed.timeline;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Takes rights from the user of Redis, and gives them back. */
class RefusedPushStoreTests {

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
	void bobFollowsAnnAndReadsTheFeed() {
		this.ann = feed.ids.next();
		this.bob = feed.ids.next();
		feed.follow(this.bob, this.ann);
		feed.feed(this.bob, 10);
	}

	@AfterEach
	void allowAllCommands() {
		allow("+@all");
	}

	@Test
	void evictsTimelinesWhenAPushIsRefused() {
		allow("-lpushx");
		String id = feed.publish(this.ann);
		assertThat(feed.raw(this.bob)).isEmpty();
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
		assertThat(feed.isRedisAvailable()).isTrue();
	}

	@Test
	void buildsTimelinesThatAreCompleteAfterTheRightIsBack() {
		allow("-lpushx");
		String first = feed.publish(this.ann);
		feed.feed(this.bob, 10);
		String second = feed.publish(this.ann);
		allow("+@all");
		assertThat(feed.feed(this.bob, 10)).containsExactly(second, first);
		String third = feed.publish(this.ann);
		assertThat(feed.raw(this.bob)).contains(third);
		assertThat(feed.feed(this.bob, 10)).containsExactly(third, second, first);
	}

	@Test
	void discardsABuildDuringWhichAPushWasRefused() {
		String carol = feed.ids.next();
		feed.follow(carol, this.ann);
		String token = feed.claim(carol);
		Timelines.BuiltTimeline built = FeedStores.get(feed.timelines.build(carol));
		allow("-lpushx");
		String id = feed.publish(this.ann);
		allow("+@all");
		assertThat(feed.complete(carol, token, built)).isFalse();
		assertThat(feed.feed(carol, 10)).containsExactly(id);
	}

	@Test
	void waitsWhenTheEvictionIsRefusedToo() {
		allow("-lpushx -del");
		String id = feed.post(this.ann);
		assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> feed.fanOut(id, this.ann));
		assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> feed.cache.evict(this.bob).block());
		feed.cache.pushToAuthor(this.ann, id).block();
		allow("+@all");
		feed.fanOut(id, this.ann);
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	private static void allow(String rights) {
		assertThat(feed.redisServer.ask("ACL SETUSER default " + rights)).isEqualTo("+OK\r\n");
	}

}
