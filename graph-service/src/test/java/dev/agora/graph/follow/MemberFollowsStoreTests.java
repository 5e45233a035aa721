package dev.agora.graph.follow;

import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;

import static org.assertj.core.api.Assertions.assertThat;

/** Deletes members, with their events in every order. */
class MemberFollowsStoreTests {

	private static final int MANY = 100;

	private static final TestMongoServer mongo = new TestMongoServer();

	private final List<String> ids = Stream.generate(new IdGenerator(Clock.systemUTC())::next).limit(MANY).toList();

	private final String anna = this.ids.get(0);

	private final String ben = this.ids.get(1);

	private final String cleo = this.ids.get(2);

	private DocumentStore store;

	private Follows follows;

	private Reconciler<MemberCard> members;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.store = mongo.store();
		this.follows = new Follows(this.store, Clock.systemUTC());
		this.members = TestProjections.members(this.store).reconciler(new MemberFollows(this.follows));
		this.store.migrate().block();
	}

	@Test
	void endsFollowsInBothDirectionsOnce() {
		IntStream.range(1, MANY).mapToObj(this.ids::get).forEach((other) -> {
			follow(this.anna, other);
			follow(other, this.anna);
		});
		follow(this.ben, this.cleo);
		delete(this.anna);
		delete(this.anna);
		assertThat(of(this.anna)).isEmpty();
		assertThat(of(this.ben)).containsExactly(Follow.id(this.ben, this.cleo));
		assertThat(events(Follow.id(this.ben, this.anna))).containsExactly("follow.started", "follow.ended");
		assertThat(events(Follow.id(this.ben, this.cleo))).containsExactly("follow.started");
	}

	@Test
	void resumesAnInterruptedReconciliation() {
		IntStream.range(1, MANY).mapToObj(this.ids::get).forEach((other) -> follow(other, this.anna));
		IntStream.range(1, MANY / 2).forEach((other) -> this.follows.unfollow(this.ids.get(other), this.anna).block());
		delete(this.anna);
		assertThat(of(this.anna)).isEmpty();
		assertThat(IntStream.range(1, MANY).mapToObj(this.ids::get))
			.allSatisfy((other) -> assertThat(events(Follow.id(other, this.anna))).containsExactly("follow.started",
					"follow.ended"));
	}

	@Test
	void endsAFollowThatStartedDuringTheDeletion() {
		delete(this.anna);
		follow(this.ben, this.anna);
		follow(this.anna, this.cleo);
		reconcile(this.ben, this.anna);
		reconcile(this.anna, this.cleo);
		reconcile(this.anna, this.cleo);
		assertThat(of(this.anna)).isEmpty();
		assertThat(events(Follow.id(this.anna, this.cleo))).containsExactly("follow.started", "follow.ended");
	}

	@Test
	void changesNoFollowOfExistingOrUnknownMembers() {
		follow(this.ben, this.cleo);
		reconcile(this.ben, this.cleo);
		assertThat(of(this.ben)).hasSize(1);
	}

	private void follow(String follower, String followee) {
		this.follows.follow(follower, followee).block();
	}

	private void delete(String member) {
		this.members.remove(member, 2).block();
	}

	private void reconcile(String follower, String followee) {
		String id = Follow.id(follower, followee);
		this.members.reconcile(id, follower, 1).then(this.members.reconcile(id, followee, 1)).block();
	}

	private List<String> of(String member) {
		return this.follows.activeIdsOf(member).collectList().block();
	}

	private List<String> events(String edge) {
		return TestMongoServer.events(this.store, edge);
	}

}
