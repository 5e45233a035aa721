package dev.agora.graph.follow;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.TestGraph;
import dev.agora.graph.count.SweepPositions;
import dev.agora.graph.edge.Edge;
import dev.agora.graph.edge.Follow;
import dev.agora.graph.tie.TieKind;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.problem.Forbidden;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FollowsStoreTests {

	private static final List<String> IDS = IntStream.range(0, 30).mapToObj((i) -> String.format("0%012d", i)).toList();

	private static final String ANNA = IDS.get(0);

	private static final String BEN = IDS.get(1);

	private static final TestMongoServer mongo = new TestMongoServer();

	private TestGraph graph;

	private VisibleTies lists;

	private Reconciler<MemberCard> reconciler;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.graph = new TestGraph(mongo);
		this.lists = new VisibleTies(this.graph.ties, this.graph.blocks);
		this.reconciler = this.graph.members.reconciler(this.graph.memberTies);
	}

	@Test
	void publishesOneEventForEachChange() {
		follow(ANNA, BEN);
		follow(ANNA, BEN);
		unfollow(ANNA, BEN);
		unfollow(ANNA, BEN);
		follow(ANNA, BEN);
		unfollow(BEN, ANNA);
		assertThat(events(ANNA, BEN)).containsExactly("follow.started", "follow.ended", "follow.started");
		assertThat(events(BEN, ANNA)).isEmpty();
	}

	@Test
	void startsOneFollowForConcurrentRequests() {
		Flux.range(0, 30).flatMap((i) -> this.graph.follow(ANNA, BEN)).blockLast();
		assertThat(events(ANNA, BEN)).containsExactly("follow.started");
		assertThat(this.graph.counts(BEN).get(TieKind.FOLLOWERS)).isEqualTo(1);
	}

	@Test
	void listsPagesByDescendingIdWithoutHiddenMembers() {
		IDS.subList(1, 8).forEach((other) -> follow(other, ANNA));
		this.graph.block(BEN, IDS.get(7)).block();
		this.graph.block(IDS.get(6), BEN).block();
		Page<MemberCard> first = list(BEN, new PageRequest(2, null));
		assertThat(first.items()).extracting(MemberCard::id).containsExactly(IDS.get(5), IDS.get(4));
		Page<MemberCard> rest = list(BEN, new PageRequest(10, first.next()));
		assertThat(rest.items()).extracting(MemberCard::id).containsExactly(IDS.get(3), IDS.get(2), BEN);
		assertThat(rest.next()).isNull();
		assertThat(list(IDS.get(9), new PageRequest(100, null)).items()).hasSize(7);
		assertThat(list(IDS.get(7), new PageRequest(100, null)).items()).extracting(MemberCard::id)
			.doesNotContain(BEN)
			.hasSize(6);
		assertThat(this.graph.counts(ANNA).get(TieKind.FOLLOWERS)).isEqualTo(7);
	}

	@Test
	void boundsTheWorkForAPageOfHiddenMembers() {
		IDS.subList(2, 30).forEach((other) -> {
			follow(other, ANNA);
			this.graph.block(BEN, other).block();
		});
		follow(BEN, ANNA);
		Page<MemberCard> first = list(BEN, new PageRequest(1, null));
		assertThat(first.items()).isEmpty();
		assertThat(first.next()).isEqualTo(IDS.get(20));
		Page<MemberCard> last = list(BEN, new PageRequest(10, first.next()));
		assertThat(last.items()).extracting(MemberCard::id).containsExactly(BEN);
		assertThat(last.next()).isNull();
	}

	@Test
	void refusesAFollowWhileOneBlocksTheOther() {
		this.graph.block(BEN, ANNA).block();
		for (List<String> pair : List.of(List.of(ANNA, BEN), List.of(BEN, ANNA))) {
			assertThatExceptionOfType(Forbidden.class).isThrownBy(() -> follow(pair.get(0), pair.get(1)))
				.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo("blocked"));
		}
		assertThat(events(ANNA, BEN)).isEmpty();
		this.graph.blocks.unblock(BEN, ANNA).block();
		follow(ANNA, BEN);
	}

	@Test
	void endsAFollowWhoseWriterDiedWhileABlockStarted() {
		this.graph.followEdges.start(ANNA, BEN, List.of()).block();
		this.graph.blockEdges.start(BEN, ANNA).block();
		complete(ANNA, BEN);
		assertThat(this.graph.activeFollows(List.of(ANNA, BEN))).isEmpty();
		assertThat(this.graph.differences(List.of(ANNA, BEN))).isEmpty();
	}

	@Test
	void startsManyFollowsAtOnceAndRepeatsThem() {
		List.of(0, 1, 2, 3, 4).forEach((i) -> this.graph.member(IDS.get(i)));
		this.graph.block(IDS.get(3), ANNA).block();
		follow(ANNA, BEN);
		follow(ANNA, IDS.get(4));
		unfollow(ANNA, IDS.get(4));
		List<Edge> requested = Stream.of(1, 2, 3, 4, 0, 9).map((i) -> new Edge(ANNA, IDS.get(i))).toList();
		assertThat(this.graph.follows.followAll(requested).block())
			.isEqualTo(Map.of(requested.get(0), FollowOutcome.UNCHANGED, requested.get(1), FollowOutcome.STARTED,
					requested.get(2), FollowOutcome.BLOCKED, requested.get(3), FollowOutcome.STARTED, requested.get(4),
					FollowOutcome.ONESELF, requested.get(5), FollowOutcome.UNKNOWN_MEMBER));
		assertThat(this.graph.follows.followAll(requested).block().values()).doesNotContain(FollowOutcome.STARTED);
		assertThat(this.graph.differences(IDS)).isEmpty();
		assertThat(this.graph.counts(ANNA).get(TieKind.FOLLOWING)).isEqualTo(3);
		assertThat(events(ANNA, IDS.get(2))).containsExactly("follow.started");
	}

	@Test
	void showsANewNameOnAllTies() {
		this.graph.member(ANNA);
		follow(ANNA, BEN);
		follow(IDS.get(2), ANNA);
		this.graph.block(IDS.get(3), ANNA).block();
		this.reconciler.upsert(ANNA, 4, new MemberCard(ANNA, "anna", "Newer")).block();
		for (int i : List.of(1, 2, 3)) {
			assertThat(this.graph.ties.find(IDS.get(i), List.of(ANNA)).next().block().card().name()).isEqualTo("Newer");
		}
	}

	@Test
	void endsTheFollowsAndBlocksOfADeletedMember() {
		this.graph.member(ANNA);
		IDS.subList(1, 20).forEach((other) -> follow(ANNA, other));
		IDS.subList(5, 25).forEach((other) -> follow(other, ANNA));
		this.graph.block(IDS.get(28), ANNA).block();
		this.graph.block(ANNA, IDS.get(29)).block();
		this.reconciler.remove(ANNA, 2).block();
		this.reconciler.remove(ANNA, 2).block();
		assertThat(this.graph.activeFollows(IDS)).isEmpty();
		assertThat(this.graph.activeBlocks(IDS)).isEmpty();
		assertThat(this.graph.differences(IDS)).isEmpty();
		assertThat(events(BEN, ANNA)).isEmpty();
		assertThat(events(ANNA, BEN)).containsExactly("follow.started", "follow.ended");
		assertThat(this.graph.ties.find(IDS.get(6), List.of(ANNA)).next().block().card()).isNull();
	}

	@Test
	void countsTheFollowersWhoRemainWhenManyAreDeletedAtOnce() {
		IDS.forEach(this.graph::member);
		this.graph.follows.followAll(IDS.stream().skip(1).map((follower) -> new Edge(follower, ANNA)).toList()).block();
		Flux.fromIterable(IDS.subList(5, 30)).flatMap((deleted) -> this.reconciler.remove(deleted, 2), 8).blockLast();
		assertThat(this.graph.counts(ANNA).get(TieKind.FOLLOWERS)).isEqualTo(4);
		assertThat(this.graph.differences(IDS)).isEmpty();
	}

	@Test
	void migratesTheFollowsFromBeforeTies() {
		Stream.of(ANNA, BEN, IDS.get(2)).forEach(this.graph::member);
		this.graph.followEdges
			.startAll(List.of(new Edge(ANNA, BEN), new Edge(BEN, ANNA), new Edge(ANNA, IDS.get(2))), Mono::just)
			.block();
		this.graph.followEdges.end(ANNA, IDS.get(2)).block();
		SweepPositions positions = new SweepPositions(this.graph.database);
		new TieMigration(this.graph.followEdges, this.graph.cards, this.graph.writer, positions, this.graph.store);
		this.graph.store.migrate().block();
		assertThat(this.graph.differences(IDS)).isEmpty();
		assertThat(this.graph.counts(ANNA))
			.isEqualTo(Map.of(TieKind.FOLLOWERS, 1L, TieKind.FOLLOWING, 1L, TieKind.FRIENDS, 1L));
		assertThat(list(ANNA, new PageRequest(9, null)).items())
			.containsExactly(new MemberCard(BEN, "h" + BEN, "Name of " + BEN));
		Mono.from(this.graph.database.getCollection("ties").deleteMany(new Document())).block();
		this.graph.store.migrate().block();
		assertThat(this.graph.ids(ANNA, TieKind.FOLLOWING)).as("a second start migrates nothing").isEmpty();
	}

	private Page<MemberCard> list(String viewer, PageRequest page) {
		return this.lists.list(viewer, ANNA, TieKind.FOLLOWERS, page).block();
	}

	private void follow(String follower, String followee) {
		this.graph.follow(follower, followee).block();
	}

	private void unfollow(String follower, String followee) {
		this.graph.follows.unfollow(follower, followee).block();
	}

	private void complete(String follower, String followee) {
		this.graph.followEdges.find(follower, followee)
			.flatMap((edge) -> this.graph.follows.complete(edge, Map.of()))
			.block();
	}

	private List<String> events(String follower, String followee) {
		return TestMongoServer.events(this.graph.store, Follow.id(follower, followee));
	}

}
