package dev.agora.feed.timeline;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Revokes permissions of the user of Redis while home feeds are read and written. */
class TimelinePermissionsStoreTests {

	private static final String GRANT_ALL = "~* +@all";

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
	void grantAllPermissions() {
		permit(GRANT_ALL);
	}

	@Test
	void readsTheStoreWithoutPermissionForScripts() {
		String first = feed.publish(this.ann);
		permit("-@scripting");
		String second = feed.post(this.ann);
		assertThat(feed.feed(this.bob, 10)).containsExactly(second, first);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-@scripting", "-lpushx" })
	void evictsTimelinesWhenAPushIsRefused(String revoked) {
		permit(revoked);
		String id = feed.publish(this.ann);
		assertThat(feed.raw(this.bob)).isEmpty();
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
		assertThat(feed.guard.isAvailable()).isTrue();
	}

	@Test
	void evictsManyTimelinesWithSeveralCommands() {
		permit("-@scripting");
		List<String> owners = Stream.generate(feed.ids::next).limit(250).toList();
		long evictions = feed.redisServer.countCalls("del");
		feed.cache.push(List.of(new TimelinePush(owners, feed.ids.next()))).block();
		feed.cache.markPulled(owners, this.ann).block();
		assertThat(feed.redisServer.countCalls("del") - evictions).isEqualTo(6);
	}

	@Test
	void buildsTimelinesThatAreCompleteAfterThePermissionIsGranted() {
		permit("-lpushx");
		String first = feed.publish(this.ann);
		feed.feed(this.bob, 10);
		String second = feed.publish(this.ann);
		permit(GRANT_ALL);
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
		Timeline built = FeedStores.get(feed.timelines.build(carol));
		permit("-lpushx");
		String id = feed.publish(this.ann);
		permit(GRANT_ALL);
		assertThat(feed.complete(carol, token, built)).isFalse();
		assertThat(feed.feed(carol, 10)).containsExactly(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-lpushx -del", "resetkeys ~other:*" })
	void refusesAFanOutUntilThePermissionIsGranted(String revoked) {
		permit(revoked);
		String id = feed.post(this.ann);
		assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> feed.fanOut.run(id, this.ann));
		assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> feed.cache.evict(this.bob).block());
		feed.cache.pushToAuthor(this.ann, id).block();
		permit(GRANT_ALL);
		feed.fanOut.run(id, this.ann);
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
	}

	private static void permit(String permissions) {
		assertThat(feed.redisServer.ask("ACL SETUSER default " + permissions)).isEqualTo("+OK\r\n");
	}

}
