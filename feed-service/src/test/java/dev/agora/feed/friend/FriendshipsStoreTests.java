package dev.agora.feed.friend;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.TestActivities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.activity.Author;
import dev.agora.feed.audience.Follow;
import dev.agora.feed.audience.FollowEvent;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.TestEvents;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;

import static dev.agora.feed.TestActivities.AT;
import static org.assertj.core.api.Assertions.assertThat;

/** Starts and ends follows of two members, with their events in every order. */
class FriendshipsStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final TestActivities world = new TestActivities(mongo);

	private final Author ann = this.world.member("Ann");

	private final Author bob = this.world.member("Bob");

	private final FollowProjection follows = new FollowProjection(this.world.store);

	private final Friendships friendships = new Friendships(this.follows, this.world.activities, this.world.authors);

	/** Its effect is called without its stream. */
	private final FriendshipListener listener = new FriendshipListener(null, this.follows, this.friendships);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void publishesAFriendshipForBothMembersWhenTheSecondFollows() {
		apply(new Event(this.ann, this.bob, 1, 10, Kind.STARTED));
		assertThat(list()).isEmpty();
		apply(new Event(this.bob, this.ann, 1, 20, Kind.STARTED));
		assertThat(list()).hasSize(2).allSatisfy((friendship) -> {
			assertThat(friendship.verb()).isEqualTo(Activity.BEFRIENDED);
			assertThat(friendship.at()).isEqualTo(AT.plusSeconds(20));
			assertThat(IdGenerator.createdAt(friendship.id())).isEqualTo(AT.plusSeconds(20));
		});
		assertThat(this.world.listOf(this.ann).get(0).friend()).isEqualTo(new MemberCard(this.bob.id(), "bob", "Bob"));
		assertThat(this.world.listOf(this.bob).get(0).friend()).isEqualTo(new MemberCard(this.ann.id(), "ann", "Ann"));
	}

	@Test
	void isUpdatedOnceBothActivitiesAreInLineWithTheFollows() {
		assertThat(isUpdated()).isTrue();
		befriend();
		assertThat(isUpdated()).isTrue();
		this.follows.remove(this.ann.id() + ":" + this.bob.id(), 2).block();
		assertThat(isUpdated()).as("the friendship is still shown").isFalse();
		apply(new Event(this.ann, this.bob, 2, 30, Kind.ENDED));
		assertThat(isUpdated()).isTrue();
		this.follows.apply(List.of(new Event(this.ann, this.bob, 3, 40, Kind.STARTED).received())).block();
		assertThat(isUpdated()).as("the friendship is not shown yet").isFalse();
	}

	@Test
	void removesBothActivitiesWhenOneFollowEnds() {
		befriend();
		apply(new Event(this.ann, this.bob, 2, 30, Kind.ENDED));
		assertThat(list()).isEmpty();
		befriend();
		assertThat(list()).isEmpty();
	}

	@Test
	void publishesARepeatedFriendshipAsANewActivity() {
		befriend();
		List<ActivityView> before = list();
		apply(new Event(this.ann, this.bob, 2, 30, Kind.ENDED));
		apply(new Event(this.ann, this.bob, 3, 40, Kind.STARTED));
		assertThat(list()).hasSize(2)
			.doesNotContainAnyElementsOf(before)
			.allSatisfy((friendship) -> assertThat(friendship.at()).isEqualTo(AT.plusSeconds(40)));
	}

	@Test
	void publishesNoFriendshipThatAnImportCompletes() {
		apply(new Event(this.ann, this.bob, 1, 10, Kind.STARTED));
		apply(new Event(this.bob, this.ann, 1, 20, Kind.IMPORTED));
		assertThat(list()).isEmpty();
	}

	@Test
	void publishesAFriendshipThatAMemberCompletesAfterAnImport() {
		apply(new Event(this.bob, this.ann, 1, 20, Kind.STARTED));
		TestProjections.upsertMember(this.world.store, new MemberCard(this.ann.id(), "ann", "Anna"), 2).block();
		TestProjections.upsertMember(this.world.store, new MemberCard(this.bob.id(), "bob", "Bob"), 1).block();
		apply(new Event(this.ann, this.bob, 1, 10, Kind.IMPORTED));
		assertThat(list()).hasSize(2);
		assertThat(this.world.listOf(this.ann).get(0).author().name()).isEqualTo("Anna");
	}

	@Test
	void publishesAFriendshipOfUnknownMembersAfterAnImport() {
		apply(new Event(this.bob, this.ann, 1, 20, Kind.STARTED));
		apply(new Event(this.ann, this.bob, 1, 10, Kind.IMPORTED));
		assertThat(list()).hasSize(2);
		assertThat(this.world.listOf(this.ann).get(0).author().name()).isEqualTo("Ann");
		assertThat(this.world.listOf(this.ann).get(0).friend().name()).isEqualTo("Bob");
	}

	@Test
	void publishesTheFriendshipsOfABatch() {
		List<ReceivedEvent<FollowEvent>> batch = new ArrayList<>();
		for (String name : List.of("Bea", "Carl", "Dora")) {
			Author friend = this.world.member(name);
			batch.add(new Event(this.ann, friend, 1, 10, Kind.STARTED).received());
			batch.add(new Event(friend, this.ann, 1, 20, Kind.STARTED).received());
		}
		this.listener.apply(batch).then(this.listener.apply(batch)).block();
		assertThat(this.world.listOf(this.ann)).hasSize(3);
	}

	/**
	 * An older instance, which does not know friendships, stores the follows alone. The
	 * listener reads their events as well, before or afterwards.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void publishesAFriendshipWhoseFollowsAnOlderReleaseStored(boolean isStoredFirst) {
		Event first = new Event(this.ann, this.bob, 1, 10, Kind.STARTED);
		Event second = new Event(this.bob, this.ann, 1, 20, Kind.STARTED);
		if (isStoredFirst) {
			storeAsAnOlderRelease(first);
			storeAsAnOlderRelease(second);
		}
		apply(first);
		storeAsAnOlderRelease(second);
		apply(second);
		assertThat(list()).hasSize(2)
			.allSatisfy((friendship) -> assertThat(friendship.at()).isEqualTo(AT.plusSeconds(20)));
	}

	private void storeAsAnOlderRelease(Event event) {
		String follower = event.follower().id();
		String followee = event.followee().id();
		this.follows.upsert(follower + ":" + followee, event.version(), new Follow(follower, followee)).block();
	}

	@Test
	void publishesNoFriendshipOfADeletedMember() {
		TestProjections.deleteMember(this.world.store, this.bob.id(), 2).block();
		befriend();
		assertThat(list()).isEmpty();
	}

	@Test
	void completesAFollowThatWasStoredWithoutItsTime() {
		storeAsAnOlderRelease(new Event(this.ann, this.bob, 1, 10, Kind.STARTED));
		apply(new Event(this.bob, this.ann, 1, 20, Kind.STARTED));
		assertThat(list()).hasSize(2);
	}

	/**
	 * The events come in random order, some repeatedly, four at a time. Afterwards there
	 * is what would be there if they had come once and in order.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 })
	void endsTheSameInEveryOrder(long seed) {
		Random random = new Random(seed);
		List<Event> events = new ArrayList<>();
		long[] versions = new long[2];
		for (int step = 1; step <= 8 + random.nextInt(5); step++) {
			int side = random.nextInt(2);
			long version = ++versions[side];
			events.add(new Event((side == 0) ? this.ann : this.bob, (side == 0) ? this.bob : this.ann, version, step,
					(version % 2 == 0) ? Kind.ENDED : Kind.STARTED));
		}
		List<Event> delivered = new ArrayList<>(events);
		events.stream().filter((event) -> random.nextBoolean()).forEach(delivered::add);
		Collections.shuffle(delivered, random);
		Flux.fromIterable(delivered).flatMap(this::deliver, 4).blockLast();
		boolean friends = versions[0] % 2 == 1 && versions[1] % 2 == 1;
		assertThat(list()).hasSize(friends ? 2 : 0)
			.allSatisfy((friendship) -> assertThat(friendship.at())
				.isEqualTo(AT.plusSeconds(events.get(events.size() - 1).second())));
		assertThat(isUpdated()).isTrue();
	}

	private boolean isUpdated() {
		return Boolean.TRUE.equals(this.friendships.areUpdated(Set.of(this.ann.id() + ":" + this.bob.id())).block());
	}

	private void befriend() {
		apply(new Event(this.ann, this.bob, 1, 10, Kind.STARTED));
		apply(new Event(this.bob, this.ann, 1, 20, Kind.STARTED));
	}

	private List<ActivityView> list() {
		return Stream.concat(this.world.listOf(this.ann).stream(), this.world.listOf(this.bob).stream()).toList();
	}

	private void apply(Event event) {
		deliver(event).block();
	}

	private Mono<Void> deliver(Event event) {
		return Mono.defer(() -> this.listener.apply(List.of(event.received())));
	}

	private enum Kind {

		STARTED, IMPORTED, ENDED

	}

	private record Event(Author follower, Author followee, long version, long second, Kind kind) {

		ReceivedEvent<FollowEvent> received() {
			FollowEvent event = (this.kind == Kind.ENDED)
					? new FollowEvent.Ended(this.follower.id(), this.followee.id())
					: new FollowEvent.Started(this.follower.id(), this.followee.id(),
							(this.kind == Kind.STARTED) ? List.of(this.follower, this.followee) : null);
			return TestEvents.received(this.follower.id() + ":" + this.followee.id(), this.version,
					AT.plusSeconds(this.second), event);
		}

	}

}
