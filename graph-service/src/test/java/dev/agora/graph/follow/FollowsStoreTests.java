package dev.agora.graph.follow;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Outbox.UnsentEvents;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

class FollowsStoreTests {

	private static final PageRequest ALL = new PageRequest(100, null);

	private static final TestMongoServer mongo = new TestMongoServer();

	private static int databases;

	private final List<String> ids = Stream.generate(new IdGenerator(Clock.systemUTC())::next).limit(6).toList();

	private final String anna = this.ids.get(0);

	private final String ben = this.ids.get(1);

	private DocumentStore store;

	private Follows follows;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void openFollows() {
		this.store = new DocumentStore(mongo.database("graph" + databases++), new JsonMapper(), Clock.systemUTC());
		this.follows = new Follows(this.store, Clock.systemUTC());
		this.store.migrate().block();
	}

	@Test
	void raisesTheVersionOnlyWithChanges() {
		assertThat(follow(this.anna, this.ben)).isEqualTo(1);
		assertThat(follow(this.anna, this.ben)).isEqualTo(1);
		unfollow(this.anna, this.ben);
		unfollow(this.anna, this.ben);
		assertThat(follow(this.anna, this.ben)).isEqualTo(3);
		assertThat(events()).containsExactly("follow.started", "follow.ended", "follow.started");
	}

	@Test
	void startsOneFollowForConcurrentRequests() {
		Flux.range(0, 30).flatMap((i) -> this.follows.follow(this.anna, this.ben)).blockLast();
		assertThat(events()).containsExactly("follow.started");
	}

	@Test
	void ignoresAnUnfollowWithoutAFollow() {
		unfollow(this.anna, this.ben);
		assertThat(this.store.outboxQueue()).isEmpty();
	}

	@Test
	void listsPagesByDescendingId() {
		this.ids.subList(1, 6).forEach((other) -> {
			follow(this.anna, other);
			follow(other, this.anna);
		});
		unfollow(this.anna, this.ids.get(3));
		Page<String> first = this.follows.following(this.anna, new PageRequest(2, null)).block();
		assertThat(first).isEqualTo(new Page<>(List.of(this.ids.get(5), this.ids.get(4)), this.ids.get(4)));
		Page<String> second = this.follows.following(this.anna, new PageRequest(2, first.next())).block();
		assertThat(second).isEqualTo(new Page<>(List.of(this.ids.get(2), this.ids.get(1)), null));
		assertThat(items(this.follows.followers(this.anna, ALL))).hasSize(5);
	}

	@Test
	void listsFriendsWhoFollowEachOther() {
		this.ids.subList(1, 5).forEach((other) -> follow(this.anna, other));
		this.ids.subList(2, 6).forEach((other) -> follow(other, this.anna));
		unfollow(this.ids.get(4), this.anna);
		assertThat(items(this.follows.friends(this.anna, ALL))).containsExactly(this.ids.get(3), this.ids.get(2));
		assertThat(items(this.follows.friends(this.anna, new PageRequest(1, this.ids.get(3)))))
			.containsExactly(this.ids.get(2));
		assertThat(this.follows.counts(this.anna).block()).isEqualTo(new Counts(3, 4, 2));
	}

	@Test
	void countsNothingForAMemberWithoutFollows() {
		assertThat(this.follows.counts(this.anna).block()).isEqualTo(new Counts(0, 0, 0));
		assertThat(items(this.follows.friends(this.anna, ALL))).isEmpty();
	}

	@Test
	void findsTheRelationOfTwoMembers() {
		follow(this.anna, this.ben);
		assertThat(this.follows.relation(this.anna, this.ben).block()).isEqualTo(Relation.of(true, false));
		assertThat(this.follows.relation(this.ben, this.anna).block()).isEqualTo(Relation.of(false, true));
		unfollow(this.anna, this.ben);
		assertThat(this.follows.relation(this.anna, this.ben).block()).isEqualTo(Relation.of(false, false));
		assertThat(this.follows.relation(this.anna, this.anna).block()).isEqualTo(Relation.of(false, false));
	}

	private long follow(String follower, String followee) {
		return this.follows.follow(follower, followee).block().version();
	}

	private void unfollow(String follower, String followee) {
		this.follows.unfollow(follower, followee).block();
	}

	private static List<String> items(Mono<Page<String>> page) {
		return page.block().items();
	}

	/**
	 * Each write queues all unsent events of its document: the last entry has them all.
	 */
	private List<String> events() {
		List<UnsentEvents> written = List.copyOf(this.store.outboxQueue());
		return written.get(written.size() - 1).entries().stream().map((entry) -> entry.type()).toList();
	}

}
