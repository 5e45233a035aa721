package dev.agora.graph.count;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import dev.agora.graph.TestGraph;
import dev.agora.graph.edge.Follow;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieCard;
import dev.agora.graph.tie.TieChange;
import dev.agora.graph.tie.TieCount;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.TieSide;
import dev.agora.graph.tie.TieSource;
import dev.agora.platform.document.Stored;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Counts each tie once, whatever is repeated, reordered or interrupted. */
class TieWriterStoreTests {

	private static final String ANNA = "0A";

	private static final String BEN = "0B";

	/** The error code of a write that another process came before. */
	private static final int DUPLICATE_KEY = 11000;

	private static final List<String> BOTH = List.of(ANNA, BEN);

	private static final TestMongoServer mongo = new TestMongoServer();

	private TestGraph graph;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.graph = new TestGraph(mongo);
	}

	@Test
	void countsFollowersFollowingAndFriends() {
		this.graph.follow(ANNA, BEN).block();
		assertThat(this.graph.counts(BEN)).isEqualTo(sizes(1, 0, 0));
		this.graph.follow(BEN, ANNA).block();
		assertThat(this.graph.counts(ANNA)).isEqualTo(sizes(1, 1, 1));
		this.graph.follows.unfollow(ANNA, BEN).block();
		assertThat(this.graph.counts(ANNA)).isEqualTo(sizes(1, 0, 0));
		assertThat(this.graph.differences(BOTH)).isEmpty();
	}

	@Test
	void raisesTheVersionByOneWithEachChangeAndPublishesIt() {
		this.graph.follow(ANNA, BEN).block();
		this.graph.follow(ANNA, BEN).block();
		this.graph.follow(BEN, ANNA).block();
		assertThat(this.graph.changes).filteredOn((change) -> change.owner().equals(BEN))
			.containsExactly(new MemberGraphChange(BEN, 1, List.of(new TieMove(TieKind.FOLLOWERS, true, ANNA))),
					new MemberGraphChange(BEN, 2, List.of(new TieMove(TieKind.FOLLOWING, true, ANNA),
							new TieMove(TieKind.FRIENDS, true, ANNA))));
	}

	@Test
	void ignoresRepeatedAndReorderedChanges() {
		List<TieChange> changes = new ArrayList<>();
		for (int version = 1; version <= 20; version++) {
			changes.addAll(EdgeTies.ofFollow(edge(ANNA, BEN, version), Map.of()));
			changes.addAll(EdgeTies.ofFollow(edge(BEN, ANNA, version), Map.of()));
		}
		changes.addAll(List.copyOf(changes));
		changes.addAll(EdgeTies.ofFollow(edge(ANNA, BEN, 21), Map.of()));
		Collections.shuffle(changes, new Random(7));
		Flux.fromIterable(changes).flatMap((change) -> this.graph.writer.apply(List.of(change)), 8).blockLast();
		assertThat(this.graph.counts(ANNA)).isEqualTo(sizes(0, 1, 0));
		assertThat(this.graph.counts(BEN)).isEqualTo(sizes(1, 0, 0));
		assertThat(this.graph.recount(BEN)).isEqualTo(sizes(1, 0, 0));
		assertThat(this.graph.graph(ANNA).tokens()).isEmpty();
	}

	/** Each row is a command that fails without an effect, as if the process had died. */
	@ParameterizedTest
	@CsvSource({ "insert,ties", "insert,memberGraphs", "update,ties", "update,memberGraphs", "find,ties" })
	void isCompletedAfterACrashBetweenAnyTwoSteps(String command, String collection) {
		mongo.failNext(command, collection);
		this.graph.follow(ANNA, BEN).onErrorComplete().block();
		TestGraph other = new TestGraph(this.graph.database);
		other.followEdges.find(ANNA, BEN)
			.flatMap((edge) -> other.writer.apply(EdgeTies.ofFollow(edge, Map.of())))
			.block();
		assertThat(other.counts(BEN)).isEqualTo(sizes(1, 0, 0));
		assertThat(other.differences(BOTH)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "insert,ties", "insert,memberGraphs", "update,ties", "update,memberGraphs" })
	void isCompletedByAnUnfollowAfterACrash(String command, String collection) {
		mongo.failNext(command, collection);
		this.graph.follow(ANNA, BEN).onErrorComplete().block();
		this.graph.follows.unfollow(ANNA, BEN).block();
		this.graph.follow(BEN, ANNA).block();
		assertThat(this.graph.counts(ANNA)).isEqualTo(sizes(1, 0, 0));
		assertThat(this.graph.differences(BOTH)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "insert,ties", "insert,memberGraphs", "update,ties", "update,memberGraphs" })
	void countsOnceIfTheResponseToAWriteIsLost(String command, String collection) {
		mongo.stepDownAt(command, collection, true);
		this.graph.follow(ANNA, BEN).onErrorComplete().block();
		this.graph.follow(ANNA, BEN).block();
		assertThat(this.graph.counts(BEN)).isEqualTo(sizes(1, 0, 0));
		assertThat(this.graph.differences(BOTH)).isEmpty();
	}

	@Test
	void informsTheObserversOfAChangeIfTheResponseToItsWriteIsLost() {
		mongo.stepDownAt("insert", "memberGraphs", true);
		this.graph.follow(ANNA, BEN).onErrorComplete().block();
		this.graph.follow(ANNA, BEN).block();
		assertThat(this.graph.changes).extracting(MemberGraphChange::owner).contains(ANNA, BEN);
		assertThat(this.graph.changes).extracting(MemberGraphChange::version).containsOnly(1L);
	}

	@Test
	void countsManyConcurrentFollowersOfOneMemberOnSeveralInstances() {
		List<TestGraph> instances = List.of(this.graph, new TestGraph(this.graph.database));
		List<String> followers = IntStream.range(0, 300).mapToObj((i) -> String.format("1%012d", i)).toList();
		int before = mongo.count("update", "memberGraphs");
		Flux.fromIterable(followers)
			.flatMap((follower) -> instances.get(follower.hashCode() & 1).follow(follower, ANNA), 150)
			.blockLast();
		assertThat(this.graph.counts(ANNA)).isEqualTo(sizes(300, 0, 0));
		assertThat(this.graph.ids(ANNA, TieKind.FOLLOWERS)).isEqualTo(new HashSet<>(followers));
		assertThat(mongo.count("update", "memberGraphs") - before).as("writes of counts").isLessThan(3_000);
	}

	@Test
	void writesTheTiesOfOtherOwnersTogetherWhileOneIsBusy() {
		Sinks.Empty<Void> busy = Sinks.empty();
		Sinks.Empty<Void> othersWritten = Sinks.empty();
		Sinks.Empty<Void> end = Sinks.empty();
		TieWriter writer = writer((changes) -> {
			boolean isAnna = changes.stream().map(MemberGraphChange::owner).anyMatch(ANNA::equals);
			(isAnna ? busy : othersWritten).tryEmitEmpty();
			return isAnna ? end.asMono() : Mono.empty();
		});
		mongo.failNext("insert", "ties", DUPLICATE_KEY);
		CompletableFuture<Void> first = writer.apply(List.of(followedBy(ANNA, BEN))).toFuture();
		busy.asMono().block(Duration.ofSeconds(30));
		List<String> others = IntStream.range(0, 100).mapToObj((i) -> String.format("2%012d", i)).toList();
		List<TieChange> changes = Stream.concat(Stream.of(ANNA), others.stream())
			.map((owner) -> followedBy(owner, "0C"))
			.toList();
		int before = mongo.count("insert", "ties");
		CompletableFuture<Void> second = writer.apply(changes).toFuture();
		othersWritten.asMono().block(Duration.ofSeconds(30));
		assertThat(mongo.count("insert", "ties") - before).isOne();
		assertThat(second).isNotDone();
		end.tryEmitEmpty();
		CompletableFuture.allOf(first, second).orTimeout(30, TimeUnit.SECONDS).join();
		assertThat(this.graph.counts(ANNA)).isEqualTo(sizes(2, 0, 0));
		assertThat(others).allSatisfy((other) -> assertThat(this.graph.counts(other)).isEqualTo(sizes(1, 0, 0)));
	}

	private TieWriter writer(GraphObserver observer) {
		return new TieWriter(this.graph.ties, this.graph.graphs,
				new StaticListableBeanFactory(Map.of("observer", observer)).getBeanProvider(GraphObserver.class));
	}

	@Test
	void readsOneDocumentForTheCountsOfAMemberWithManyFollowers() {
		List<TieChange> changes = IntStream.range(0, 2_000)
			.mapToObj((i) -> followedBy(ANNA, String.format("1%012d", i)))
			.toList();
		this.graph.writer.apply(changes).block();
		int finds = mongo.count("find", "memberGraphs");
		int ties = mongo.count("find", "ties") + mongo.count("aggregate", "ties");
		assertThat(this.graph.graphs.find(ANNA).block().size(TieKind.FOLLOWERS)).isEqualTo(2_000);
		assertThat(mongo.count("find", "memberGraphs")).isEqualTo(finds + 1);
		assertThat(mongo.count("find", "ties") + mongo.count("aggregate", "ties")).isEqualTo(ties);
		assertThat(this.graph.ties.ids(ANNA, TieKind.FOLLOWERS, String.format("1%012d", 100), 2).collectList().block())
			.containsExactly(String.format("1%012d", 99), String.format("1%012d", 98));
	}

	@Test
	void removesTheMarkedTokensBesideALaterOne() {
		this.graph.graphs.write(List.of(new MemberGraph(ANNA, 1, Map.of(),
				Map.of(BEN, new TieCount(1, Set.of()), "0C", new TieCount(4, Set.of())))))
			.block();
		this.graph.graphs
			.removeTokens(Map.of(ANNA, Map.of(BEN, new TieCount(1, Set.of()), "0C", new TieCount(3, Set.of()))))
			.block();
		assertThat(this.graph.graph(ANNA).tokens()).containsOnlyKeys("0C");
	}

	@Test
	void keepsTheNewestCardOfTheOther() {
		this.graph.follow(ANNA, BEN).block();
		this.graph.ties.setCard(List.of(ANNA), new TieCard(BEN, "hben", "Newer", 5)).block();
		this.graph.follow(ANNA, BEN).block();
		Tie tie = this.graph.ties.find(ANNA, List.of(BEN)).next().block(Duration.ofSeconds(10));
		assertThat(tie.card().name()).isEqualTo("Newer");
	}

	private static TieChange followedBy(String owner, String follower) {
		return new TieChange(owner, follower, TieSide.FOLLOWED_BY, new TieSource(1, true), null);
	}

	private static Stored<Follow> edge(String follower, String followee, long version) {
		Instant at = Instant.EPOCH;
		return new Stored<>(Follow.id(follower, followee), version,
				new Follow(follower, followee, version % 2 == 1, at), at, at, 0);
	}

	private static Map<TieKind, Long> sizes(long followers, long following, long friends) {
		return Map.of(TieKind.FOLLOWERS, followers, TieKind.FOLLOWING, following, TieKind.FRIENDS, friends);
	}

}
