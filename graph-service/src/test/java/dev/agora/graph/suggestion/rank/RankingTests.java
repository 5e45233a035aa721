package dev.agora.graph.suggestion.rank;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jgrapht.Graph;
import org.jgrapht.alg.linkprediction.AdamicAdarIndexLinkPrediction;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class RankingTests {

	private static final double PRECISION = 1e-9;

	/** The pairs of each member that JGraphT computes as well. */
	private static final int SAMPLE = 5;

	@Test
	void prefersAMutualFriendWhomFewKnow() {
		List<Suggestion> ranked = Ranking.of(1,
				Map.of(10L, new long[] { 1, 2 }, 11L, new long[] { 1, 3, 20, 21, 22, 23, 24, 25 }));
		assertThat(ranked.get(0).number()).isEqualTo(2);
		assertThat(ranked.get(0).score()).isCloseTo(1 / Math.log(2), within(PRECISION));
		assertThat(ranked).hasSize(8).allSatisfy((each) -> assertThat(each.mutual()).isEqualTo(1));
	}

	@Test
	void suggestsNeitherTheMemberNorTheirFriends() {
		assertThat(Ranking.of(1, Map.of(2L, new long[] { 1, 3, 4 }, 3L, new long[] { 1, 2, 4 })))
			.extracting(Suggestion::number)
			.containsExactly(4L);
		assertThat(Ranking.of(1, Map.of())).isEmpty();
	}

	@Test
	void prefersTheNewestOfEqualSuggestions() {
		assertThat(Ranking.of(1, Map.of(2L, new long[] { 1, 3, 5, 9 }))).extracting(Suggestion::number)
			.containsExactly(9L, 5L, 3L);
	}

	/** A friendship may end while the sets are read. */
	@Test
	void keepsTheScoreFiniteIfAFriendHasOneFriendLeft() {
		assertThat(Ranking.of(1, Map.of(2L, new long[] { 7 })).get(0).score()).isFinite().isPositive();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void equalsAPlainComputationInAGeneratedGraph(long seed) {
		requireEqual(TestGraph.generate(400, seed));
	}

	@Test
	void equalsAPlainComputationForEachMemberOfReed98() throws IOException {
		assumeTrue(Files.exists(TestGraph.REED98), "../shared/data/socfb-Reed98.edges is not beside the project.");
		requireEqual(TestGraph.read(TestGraph.REED98));
	}

	private static void requireEqual(TestGraph graph) {
		AdamicAdarIndexLinkPrediction<Long, DefaultEdge> prediction = prediction(graph);
		for (long member : graph.members()) {
			List<Suggestion> ranked = Ranking.of(member, graph.friendsOfFriends(member));
			Map<Long, Suggestion> expected = graph.suggestionsFor(member);
			assertThat(ranked).as("suggestions for %d", member).hasSameSizeAs(expected.keySet());
			assertThat(ranked).isSortedAccordingTo(Suggestion.ORDER);
			ranked.forEach((each) -> requireEqual(each, Objects.requireNonNull(expected.get(each.number()))));
			ranked.stream()
				.limit(SAMPLE)
				.forEach((each) -> assertThat(each.score()).isCloseTo(prediction.predict(member, each.number()),
						within(PRECISION)));
		}
	}

	private static void requireEqual(Suggestion actual, Suggestion expected) {
		if (actual.mutual() != expected.mutual() || Math.abs(actual.score() - expected.score()) > PRECISION) {
			assertThat(actual).isEqualTo(expected);
		}
	}

	private static AdamicAdarIndexLinkPrediction<Long, DefaultEdge> prediction(TestGraph graph) {
		Graph<Long, DefaultEdge> edges = new SimpleGraph<>(DefaultEdge.class);
		for (long member : graph.members()) {
			edges.addVertex(member);
			graph.friendsOf(member).forEach(edges::addVertex);
			graph.friendsOf(member).forEach((friend) -> edges.addEdge(member, friend));
		}
		return new AdamicAdarIndexLinkPrediction<>(edges);
	}

}
