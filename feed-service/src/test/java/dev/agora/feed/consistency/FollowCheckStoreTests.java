package dev.agora.feed.consistency;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import dev.agora.feed.TestActivities;
import dev.agora.feed.audience.Follow;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.friend.Friendships;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class FollowCheckStoreTests {

	/** The number of follows that a consistency token lists at most. */
	private static final int FOLLOWS = 16;

	private static final TestMongoServer mongo = new TestMongoServer();

	private final TestActivities world = new TestActivities(mongo);

	private final FollowProjection follows = new FollowProjection(this.world.store);

	private final FollowCheck check = new FollowCheck(this.follows,
			new Friendships(this.follows, this.world.activities, this.world.authors));

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void searchesTheFollowsOfATokenTogether() {
		Map<String, Long> versions = IntStream.range(0, FOLLOWS)
			.mapToObj((number) -> "ann:friend" + number)
			.collect(Collectors.toMap(Function.identity(), (edge) -> 1L));
		versions.keySet().forEach((edge) -> this.follows.upsert(edge, 1, new Follow("ann", edge.substring(4))).block());
		assertThat(this.check.hasApplied(versions).block()).isTrue();
		int before = mongo.commands().count("find", "follows");
		assertThat(this.check.hasApplied(versions).block()).isTrue();
		assertThat(mongo.commands().count("find", "follows") - before)
			.as("their versions, and the states in both directions")
			.isEqualTo(2);
	}

}
