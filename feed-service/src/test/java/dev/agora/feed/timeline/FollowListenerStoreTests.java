package dev.agora.feed.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.agora.feed.audience.FollowEvent;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Applies the events of many follows at once. */
class FollowListenerStoreTests {

	private static FeedStores feed;

	private static FollowListener listener;

	@BeforeAll
	static void start() {
		feed = new FeedStores();
		// The effect is called without its stream.
		listener = new FollowListener(null, feed.follows, feed.cache);
	}

	@AfterAll
	static void stop() {
		feed.close();
	}

	@Test
	void showsTheActivitiesOfAllNewFolloweesToEachFollower() {
		List<String> followers = ids(3);
		List<String> followees = ids(150);
		String post = feed.publish(followees.get(149));
		followers.forEach((follower) -> assertThat(feed.feed(follower, 10)).isEmpty());
		List<ReceivedEvent<FollowEvent>> batch = new ArrayList<>();
		followers.forEach((follower) -> followees.forEach((followee) -> batch.add(started(follower, followee, 1))));
		apply(batch);
		followers.forEach((follower) -> assertThat(feed.feed(follower, 10)).containsExactly(post));
	}

	@Test
	void keepsTheLatestOfSeveralEventsOfOneFollow() {
		List<String> members = ids(3);
		String follower = members.get(0);
		String kept = feed.publish(members.get(1));
		feed.publish(members.get(2));
		apply(List.of(started(follower, members.get(1), 1), ended(follower, members.get(1), 2),
				started(follower, members.get(1), 3), started(follower, members.get(2), 1),
				ended(follower, members.get(2), 2)));
		apply(List.of(started(follower, members.get(2), 1), ended(follower, members.get(1), 2)));
		assertThat(feed.feed(follower, 10)).containsExactly(kept);
	}

	@Test
	void storesNothingAgainThatTheOtherGroupHasStored() {
		List<String> members = ids(20);
		List<ReceivedEvent<FollowEvent>> batch = members.stream()
			.skip(1)
			.map((followee) -> started(members.get(0), followee, 1))
			.toList();
		apply(batch);
		String post = feed.publish(members.get(7));
		assertThat(feed.feed(members.get(0), 10)).containsExactly(post);
		int updates = feed.mongoServer.count("update", "follows");
		apply(batch);
		assertThat(feed.mongoServer.count("update", "follows")).isEqualTo(updates);
		assertThat(feed.raw(members.get(0))).as("the timeline is evicted again").isEmpty();
	}

	@Test
	void updatesTheProjectionWhileRedisRefusesEvictionsAndEvictsTheTimelineLater() {
		List<String> members = ids(2);
		String post = feed.publish(members.get(1));
		assertThat(feed.feed(members.get(0), 10)).isEmpty();
		List<ReceivedEvent<FollowEvent>> batch = List.of(started(members.get(0), members.get(1), 1));
		feed.redisServer.ask("ACL SETUSER default -del");
		try {
			feed.follows.apply(batch).block();
			assertThat(feed.follows.followeesOf(members.get(0)).block()).containsExactly(members.get(1));
			assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> apply(batch));
			assertThat(feed.raw(members.get(0))).isNotEmpty();
		}
		finally {
			feed.redisServer.ask("ACL SETUSER default +del");
		}
		int updates = feed.mongoServer.count("update", "follows");
		apply(batch);
		assertThat(feed.mongoServer.count("update", "follows")).as("updates of the projection").isEqualTo(updates);
		assertThat(feed.feed(members.get(0), 10)).containsExactly(post);
	}

	private static void apply(List<ReceivedEvent<FollowEvent>> batch) {
		listener.apply(batch).block();
	}

	private static ReceivedEvent<FollowEvent> started(String follower, String followee, long version) {
		return TestEvents.received(follower + ":" + followee, version, Instant.EPOCH, new FollowEvent.Started(follower,
				followee, List.of(FeedStores.author(follower), FeedStores.author(followee))));
	}

	private static ReceivedEvent<FollowEvent> ended(String follower, String followee, long version) {
		return TestEvents.received(follower + ":" + followee, version, Instant.EPOCH,
				new FollowEvent.Ended(follower, followee));
	}

	private static List<String> ids(int number) {
		return IntStream.range(0, number).mapToObj((i) -> feed.ids.next()).toList();
	}

}
