package dev.agora.feed.friend;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import dev.agora.feed.TestActivities;
import dev.agora.feed.activity.Author;
import dev.agora.feed.audience.FollowEvent;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.testing.TestEvents;
import dev.agora.platform.testing.TestMongoServer;

import static dev.agora.feed.TestActivities.AT;
import static org.assertj.core.api.Assertions.assertThat;

class FriendshipCheckStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final TestActivities world = new TestActivities(mongo);

	private final Author ann = this.world.member("Ann");

	private final Author bob = this.world.member("Bob");

	private final FollowProjection follows = new FollowProjection(this.world.store);

	private final Friendships friendships = new Friendships(this.follows, this.world.activities, this.world.authors);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void searchesBothActivitiesTogether() {
		new FriendshipListener(null, this.follows, this.friendships)
			.apply(List.of(started(this.ann, this.bob), started(this.bob, this.ann)))
			.block();
		assertThat(this.world.listOf(this.ann)).hasSize(1);
		int before = commands();
		assertThat(this.friendships.areUpdated(Set.of(this.ann.id() + ":" + this.bob.id())).block()).isTrue();
		assertThat(commands() - before).as("those that the members have, and those that they should have").isEqualTo(3);
	}

	@Test
	void searchesNoActivitiesOfImportedFollows() {
		FriendshipListener listener = new FriendshipListener(null, this.follows, this.friendships);
		int before = commands();
		listener.apply(List.of(imported(this.ann, this.bob), imported(this.bob, this.ann))).block();
		assertThat(this.friendships.areUpdated(Set.of(this.ann.id() + ":" + this.bob.id())).block()).isTrue();
		assertThat(commands()).isEqualTo(before);
	}

	private static int commands() {
		return mongo.commands().count("find", "activities") + mongo.commands().count("aggregate", "activities");
	}

	private static ReceivedEvent<FollowEvent> started(Author follower, Author followee) {
		return received(follower, followee, List.of(follower, followee));
	}

	private static ReceivedEvent<FollowEvent> imported(Author follower, Author followee) {
		return received(follower, followee, null);
	}

	private static ReceivedEvent<FollowEvent> received(Author follower, Author followee, @Nullable List<Author> cards) {
		return TestEvents.received(follower.id() + ":" + followee.id(), 1, AT,
				new FollowEvent.Started(follower.id(), followee.id(), cards));
	}

}
