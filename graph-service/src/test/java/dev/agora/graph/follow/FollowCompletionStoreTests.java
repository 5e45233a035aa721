package dev.agora.graph.follow;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.agora.graph.TestGraph;
import dev.agora.graph.edge.Edge;
import dev.agora.graph.edge.FollowEvent;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieKind;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.testing.TestEvents;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Completes follows whose writer died, and leaves complete ones alone. */
class FollowCompletionStoreTests {

	private static final List<String> IDS = IntStream.range(0, 20).mapToObj((i) -> String.format("0%012d", i)).toList();

	private static final String ANNA = IDS.get(0);

	private static final String BEN = IDS.get(1);

	private static final String CLEO = IDS.get(2);

	private static final TestMongoServer mongo = new TestMongoServer();

	private TestGraph graph;

	private FollowCompletion completion;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.graph = new TestGraph(mongo);
		this.completion = new FollowCompletion(this.graph.ties, this.graph.followEdges, this.graph.follows,
				this.graph.cards);
		IDS.forEach(this.graph::member);
	}

	@Test
	void readsTheTiesAloneIfTheFollowsAreComplete() {
		List<Edge> edges = IDS.stream().skip(1).map((other) -> new Edge(ANNA, other)).toList();
		this.graph.follows.followAll(edges).block();
		int writes = writes();
		int finds = mongo.count("find", "follows") + mongo.count("find", "blocks");
		int ties = mongo.count("find", "ties");
		Collection<Tie> read = complete(edges.stream().map((edge) -> started(edge, 1)).toList());
		assertThat(read).hasSize(2 * edges.size());
		assertThat(writes()).as("writes").isEqualTo(writes);
		assertThat(mongo.count("find", "follows") + mongo.count("find", "blocks")).isEqualTo(finds);
		assertThat(mongo.count("find", "ties")).isEqualTo(ties + 1);
	}

	@Test
	void completesTheFollowsWithoutTiesAmongOthers() {
		follow(ANNA, BEN);
		this.graph.followEdges.start(BEN, ANNA, List.of()).block();
		this.graph.followEdges.start(ANNA, CLEO, List.of()).block();
		complete(List.of(started(new Edge(ANNA, BEN), 1), started(new Edge(BEN, ANNA), 1),
				started(new Edge(ANNA, CLEO), 1)));
		assertThat(this.graph.differences(IDS)).isEmpty();
		assertThat(this.graph.ids(ANNA, TieKind.FOLLOWING)).containsExactly(BEN, CLEO);
		assertThat(this.graph.ids(ANNA, TieKind.FRIENDS)).containsExactly(BEN);
		assertThat(this.graph.ties.find(ANNA, List.of(CLEO)).next().block().card()).isEqualTo(TestGraph.card(CLEO));
	}

	@Test
	void completesTheEndOfAFollow() {
		follow(ANNA, BEN);
		this.graph.followEdges.end(ANNA, BEN).block();
		complete(List.of(TestEvents.received(ANNA + ":" + BEN, 2, Instant.EPOCH, new FollowEvent.Ended(ANNA, BEN))));
		assertThat(this.graph.ids(ANNA, TieKind.FOLLOWING)).isEmpty();
		assertThat(this.graph.differences(IDS)).isEmpty();
	}

	@Test
	void endsAFollowWhoseWriterDiedBeforeItFoundABlock() {
		this.graph.block(BEN, ANNA).block();
		this.graph.followEdges.start(ANNA, BEN, List.of()).block();
		follow(ANNA, CLEO);
		complete(List.of(started(new Edge(ANNA, CLEO), 1), started(new Edge(ANNA, BEN), 1)));
		assertThat(this.graph.activeFollows(IDS)).containsExactly(ANNA + ":" + CLEO);
		assertThat(this.graph.differences(IDS)).isEmpty();
	}

	/** Each row is a command at which an import fails, as if the process had died. */
	@ParameterizedTest
	@CsvSource({ "insert,ties", "insert,memberGraphs", "update,ties", "update,memberGraphs", "find,ties",
			"find,blocks" })
	void completesAnImportThatFailedBetweenAnyTwoSteps(String command, String collection) {
		List<Edge> edges = Stream
			.concat(IDS.stream().skip(1).map((other) -> new Edge(ANNA, other)),
					IDS.stream().skip(1).map((other) -> new Edge(other, ANNA)))
			.toList();
		mongo.failNext(command, collection);
		this.graph.follows.followAll(edges).onErrorComplete().block();
		TestGraph other = new TestGraph(this.graph.database);
		this.completion = new FollowCompletion(other.ties, other.followEdges, other.follows, other.cards);
		List<ReceivedEvent<FollowEvent>> written = other.followEdges
			.findAll(edges.stream().map(FollowCompletionStoreTests::id).toList())
			.map((edge) -> started(new Edge(edge.value().follower(), edge.value().followee()), edge.version()))
			.collectList()
			.block();
		if (!written.isEmpty()) {
			complete(written);
		}
		assertThat(withoutTokens(other.differences(IDS))).isEmpty();
		assertThat(other.counts(ANNA)).isEqualTo(other.recount(ANNA));
		other.follows.followAll(edges).block();
		assertThat(other.counts(ANNA))
			.isEqualTo(Map.of(TieKind.FOLLOWERS, 19L, TieKind.FOLLOWING, 19L, TieKind.FRIENDS, 19L));
		assertThat(other.differences(IDS)).isEmpty();
	}

	/** The recount removes tokens that a writer left when all else was written. */
	private static List<String> withoutTokens(List<String> differences) {
		return differences.stream().filter((difference) -> !difference.startsWith("tokens")).toList();
	}

	private static String id(Edge edge) {
		return edge.from() + ":" + edge.to();
	}

	private Collection<Tie> complete(List<ReceivedEvent<FollowEvent>> received) {
		return this.completion.complete(received).block();
	}

	private void follow(String follower, String followee) {
		this.graph.follow(follower, followee).block();
	}

	private static ReceivedEvent<FollowEvent> started(Edge edge, long version) {
		return TestEvents.received(edge.from() + ":" + edge.to(), version, Instant.EPOCH,
				new FollowEvent.Started(edge.from(), edge.to(), List.of()));
	}

	private static int writes() {
		return Stream.of("ties", "memberGraphs", "follows")
			.mapToInt((collection) -> mongo.count("insert", collection) + mongo.count("update", collection))
			.sum();
	}

}
