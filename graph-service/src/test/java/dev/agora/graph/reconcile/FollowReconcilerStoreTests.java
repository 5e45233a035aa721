package dev.agora.graph.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.graph.follow.Follow;
import dev.agora.graph.follow.Follows;
import dev.agora.graph.member.MemberProjection;
import dev.agora.graph.member.MemberSettings;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Members who leave, in every order of what is told of it. */
class FollowReconcilerStoreTests {

	private static final int MANY = 100;

	private static final TestMongoServer mongo = new TestMongoServer();

	private final List<String> ids = Stream.generate(new IdGenerator(Clock.systemUTC())::next).limit(MANY).toList();

	private final String anna = this.ids.get(0);

	private final String ben = this.ids.get(1);

	private final String cleo = this.ids.get(2);

	private DocumentStore store;

	private Follows follows;

	private FollowReconciler upkeep;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.store = mongo.store();
		this.follows = new Follows(this.store, Clock.systemUTC());
		MemberProjection members = new MemberProjection(this.store,
				new MemberSettings(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMillis(20)),
				Clock.systemUTC());
		this.upkeep = new FollowReconciler(members, this.follows);
		this.store.migrate().block();
	}

	@Test
	void endsFollowsBothWaysHoweverOftenItIsTold() {
		IntStream.range(1, MANY).mapToObj(this.ids::get).forEach((other) -> {
			follow(this.anna, other);
			follow(other, this.anna);
		});
		follow(this.ben, this.cleo);
		leave(this.anna);
		leave(this.anna);
		assertThat(of(this.anna)).isEmpty();
		assertThat(of(this.ben)).containsExactly(Follow.id(this.ben, this.cleo));
		assertThat(events(Follow.id(this.ben, this.anna))).containsExactly("follow.started", "follow.ended");
		assertThat(events(Follow.id(this.ben, this.cleo))).containsExactly("follow.started");
	}

	@Test
	void goesOnWhereItWasInterrupted() {
		IntStream.range(1, MANY).mapToObj(this.ids::get).forEach((other) -> follow(other, this.anna));
		IntStream.range(1, MANY / 2).forEach((other) -> this.follows.unfollow(this.ids.get(other), this.anna).block());
		leave(this.anna);
		assertThat(of(this.anna)).isEmpty();
		assertThat(IntStream.range(1, MANY).mapToObj(this.ids::get))
			.allSatisfy((other) -> assertThat(events(Follow.id(other, this.anna))).containsExactly("follow.started",
					"follow.ended"));
	}

	@Test
	void aFollowThatStartedWhileAMemberLeftIsEndedByItsOwnEvent() {
		leave(this.anna);
		follow(this.ben, this.anna);
		follow(this.anna, this.cleo);
		settle(this.ben, this.anna);
		settle(this.anna, this.cleo);
		settle(this.anna, this.cleo);
		assertThat(of(this.anna)).isEmpty();
		assertThat(events(Follow.id(this.anna, this.cleo))).containsExactly("follow.started", "follow.ended");
	}

	@Test
	void leavesAFollowAloneWhoseMembersAreThereOrUnknownYet() {
		follow(this.ben, this.cleo);
		settle(this.ben, this.cleo);
		assertThat(of(this.ben)).hasSize(1);
	}

	private void follow(String follower, String followee) {
		this.follows.follow(follower, followee).block();
	}

	private void leave(String member) {
		this.upkeep.leave(member, 2).block();
	}

	private void settle(String follower, String followee) {
		this.upkeep.settle(follower, followee).block();
	}

	private List<String> of(String member) {
		return this.follows.of(member).map((edge) -> Follow.id(edge.follower(), edge.followee())).collectList().block();
	}

	private List<String> events(String edge) {
		return TestMongoServer.events(this.store, edge);
	}

}
