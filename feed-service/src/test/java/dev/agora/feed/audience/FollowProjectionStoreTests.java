package dev.agora.feed.audience;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.event.ConnectionCheckOutStartedEvent;
import com.mongodb.event.ConnectionCheckedInEvent;
import com.mongodb.event.ConnectionPoolListener;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads the followers of many members, and many followers. */
class FollowProjectionStoreTests {

	private static final int MEMBERS = 20;

	/** The members have so many followers that they do not share a query. */
	private static final int FOLLOWERS = 250;

	private final TestMongoServer server = new TestMongoServer();

	private final ConnectionDemand demand = new ConnectionDemand();

	private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
		.applyConnectionString(new ConnectionString(this.server.uri()))
		.applyToConnectionPoolSettings((pool) -> pool.addConnectionPoolListener(this.demand))
		.build());

	private final FollowProjection follows = new FollowProjection(
			new DocumentStore(this.client.getDatabase("feed"), JsonMapper.shared(), Clock.systemUTC()));

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void leavesConnectionsToOthersWhileItReadsMembersWithManyFollowers() {
		List<String> members = IntStream.range(0, MEMBERS).mapToObj((number) -> "member" + number).toList();
		members.forEach((member) -> addFollowers(member, FOLLOWERS));
		this.demand.greatest.set(0);
		Map<String, List<String>> followers = Objects
			.requireNonNull(this.follows.someFollowersOf(Set.copyOf(members), 11).block());
		assertThat(followers.keySet()).containsExactlyInAnyOrderElementsOf(members);
		assertThat(followers.values()).allSatisfy((some) -> assertThat(some).hasSize(11).doesNotHaveDuplicates());
		assertThat(this.demand.greatest.get()).isLessThanOrEqualTo(8);
	}

	@Test
	void readsFollowersByPages() {
		addFollowers("other", 1_201);
		for (int followers : List.of(0, 1, 499, 500, 501, 1_000, 1_201)) {
			String member = "member" + followers;
			addFollowers(member, followers);
			addEndedFollow("250followerx", member);
			assertThat(this.follows.followersOf(member).collectList().block()).hasSize(followers)
				.doesNotHaveDuplicates()
				.allMatch((follower) -> follower.matches("\\d+follower"));
			assertThat(this.follows.countFollowersOf(member, 2_000).block()).isEqualTo(followers);
			assertThat(this.follows.countFollowersOf(member, 501).block()).isEqualTo(Math.min(followers, 501));
		}
	}

	private void addEndedFollow(String follower, String member) {
		this.follows.upsert(follower + ":" + member, 1, new Follow(follower, member)).block();
		this.follows.remove(follower + ":" + member, 2).block();
	}

	/** Writes the documents of follows, which takes less time than many updates. */
	private void addFollowers(String member, int followers) {
		List<Document> documents = IntStream.range(0, followers)
			.mapToObj((number) -> number + "follower")
			.map((follower) -> new Document("_id", follower + ":" + member).append("version", 1L)
				.append("value", Map.of("follower", follower, "followee", member)))
			.toList();
		if (!documents.isEmpty()) {
			Mono.from(this.client.getDatabase("feed").getCollection("follows").insertMany(documents)).block();
		}
	}

	/** Counts the queries that have a connection or wait for one. */
	private static final class ConnectionDemand implements ConnectionPoolListener {

		final AtomicInteger greatest = new AtomicInteger();

		private final AtomicInteger current = new AtomicInteger();

		@Override
		public void connectionCheckOutStarted(ConnectionCheckOutStartedEvent event) {
			this.greatest.accumulateAndGet(this.current.incrementAndGet(), Math::max);
		}

		@Override
		public void connectionCheckedIn(ConnectionCheckedInEvent event) {
			this.current.decrementAndGet();
		}

	}

}
