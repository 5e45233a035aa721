package dev.agora.graph.path;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.TestGraph;
import dev.agora.graph.set.SetInstance;
import dev.agora.graph.tie.TieKind;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.platform.web.Consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Compares paths with those of a breadth-first search by JGraphT. */
class PathsStoreTests {

	private static final int WHOLE = 1_000;

	private static final int PART = 60;

	private static final int MAX_IDS = 200_000;

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final TestRedisServer redis = TestRedisServer.started(Duration.ofMinutes(1));

	private final TestGraph stores = new TestGraph(mongo);

	@BeforeEach
	@AfterEach
	void flush() {
		redis.flush();
	}

	@AfterAll
	static void stop() {
		redis.close();
		mongo.close();
	}

	@Test
	void equalsABreadthFirstSearchInLength() throws IOException {
		assumeThat(FollowGraph.FILE).as("the real graph is missing: %s", FollowGraph.FILE).exists();
		FollowGraph graph = FollowGraph.read(WHOLE);
		try (SetInstance instance = new SetInstance(this.stores, redis, SetInstance.settings(5_000))) {
			for (TieKind kind : List.of(TieKind.FOLLOWING, TieKind.FOLLOWERS)) {
				Flux.fromIterable(graph.members())
					.flatMap((member) -> instance.store(kind, member, graph.ids(kind, member)), 16)
					.blockLast();
			}
			assertThat(differences(graph, paths(instance), 50, 200)).isEmpty();
			assertThat(instance.loads("stored")).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 4, 5_000 })
	void readsSetsThatAreTooLargeFromMongo(int maxIds) {
		FollowGraph graph = stored(FollowGraph.generate(PART, 7));
		try (SetInstance instance = new SetInstance(this.stores, redis, SetInstance.settings(maxIds))) {
			assertThat(differences(graph, paths(instance), 10, 24)).isEmpty();
		}
	}

	@Test
	void findsAShorterPathThroughLargeSetsAfterALongerOne() {
		FollowGraph graph = new FollowGraph();
		graph.followInTurn(0, 1, 2, 3);
		graph.followInTurn(0, 4, 5, 6, 3);
		addLargeSets(graph, 1, 2);
		assertThat(path(graph, 0, 3)).containsExactly(graph.members().get(0), graph.members().get(1),
				graph.members().get(2), graph.members().get(3));
	}

	@Test
	void findsNoPathOfSevenFollows() {
		FollowGraph graph = new FollowGraph();
		graph.followInTurn(0, 1, 2, 3, 4, 5, 6, 7);
		graph.followInTurn(2, 8);
		graph.followInTurn(9, 6);
		addLargeSets(graph, 8, 9);
		assertThat(path(graph, 0, 7)).isEmpty();
		assertThat(path(graph, 0, 6)).hasSize(7);
	}

	@Test
	void endsWhenAnEndOfThePathIsDeletedMeanwhile() {
		FollowGraph graph = new FollowGraph();
		graph.followInTurn(0, 1);
		stored(graph);
		String from = graph.members().get(0);
		try (SetInstance instance = new SetInstance(this.stores, redis, SetInstance.settings(3))) {
			assertThat(paths(instance).find(from, from, Consistency.SESSION).blockOptional(BOUND)).isEmpty();
			this.stores.member(from);
			assertThat(paths(instance).find(from, from, Consistency.SESSION).block(BOUND)).hasSize(1);
			String deleted = graph.members().get(1);
			assertThat(paths(instance).find(from, deleted, Consistency.SESSION).blockOptional(BOUND)).isEmpty();
			this.stores.member(deleted);
			assertThat(paths(instance).find(from, deleted, Consistency.SESSION).block(BOUND)).hasSize(2);
		}
	}

	@Test
	void refusesASearchThatReadsTooManyIds() {
		FollowGraph graph = new FollowGraph();
		graph.followInTurn(0, 1, 2);
		graph.followInTurn(0, 3);
		graph.followInTurn(4, 2);
		stored(graph);
		try (SetInstance instance = new SetInstance(this.stores, redis, SetInstance.settings(5_000))) {
			PathSearch search = PathSearch.between(graph.members().get(0), graph.members().get(2), 2);
			assertThatExceptionOfType(Unavailable.class)
				.isThrownBy(() -> paths(instance).run(search, Consistency.SESSION).block())
				.withMessageContaining("2 ids");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5_000 })
	void searchesOutsideTheThreadsOfConnections(int maxIds) {
		FollowGraph graph = new FollowGraph();
		graph.followInTurn(0, 1);
		graph.followInTurn(0, 2);
		stored(graph);
		try (SetInstance instance = new SetInstance(this.stores, redis, SetInstance.settings(maxIds))) {
			PathSearch search = PathSearch.between(graph.members().get(0), graph.members().get(2), MAX_IDS);
			Mono<String> thread = paths(instance).run(search, Consistency.SESSION)
				.map((found) -> Thread.currentThread().getName());
			assertThat(thread.block()).startsWith("boundedElastic");
		}
	}

	/** Lets one member follow five others, and five others follow another member. */
	private static void addLargeSets(FollowGraph graph, int follower, int followee) {
		int next = graph.members().size();
		for (int other = next; other < next + 5; other++) {
			graph.follow(follower, other);
			graph.follow(other + 5, followee);
		}
	}

	/** Finds a path while sets of more than three ids are too large for the cache. */
	private List<String> path(FollowGraph graph, int from, int to) {
		stored(graph);
		try (SetInstance instance = new SetInstance(this.stores, redis, SetInstance.settings(3))) {
			PathSearch search = PathSearch.between(graph.members().get(from), graph.members().get(to), MAX_IDS);
			return paths(instance).run(search, Consistency.SESSION).block().path();
		}
	}

	private FollowGraph stored(FollowGraph graph) {
		Flux.fromIterable(graph.ties()).buffer(500).concatMap(this.stores.ties::write).blockLast();
		return graph;
	}

	private Paths paths(SetInstance instance) {
		return new Paths(instance.sets, this.stores.blocks, this.stores.members, new PathSettings(MAX_IDS, 16));
	}

	private static List<String> differences(FollowGraph graph, Paths paths, int sources, int targetsEach) {
		SplittableRandom random = new SplittableRandom(98);
		return IntStream.range(0, sources).boxed().flatMap((number) -> {
			String from = graph.members().get(random.nextInt(graph.members().size()));
			Map<String, Integer> lengths = graph.lengths(from);
			List<String> targets = random.ints(targetsEach, 0, graph.members().size())
				.mapToObj(graph.members()::get)
				.toList();
			return Flux.fromIterable(targets)
				.flatMap((to) -> paths.run(PathSearch.between(from, to, MAX_IDS), Consistency.SESSION)
					.map((search) -> difference(graph, to, lengths.get(to), search)), 8)
				.filter((difference) -> !difference.isEmpty())
				.toStream();
		}).toList();
	}

	/** Compares lengths, and requires that each member of the path follows the next. */
	private static String difference(FollowGraph graph, String to, @Nullable Integer length, PathSearch search) {
		int expected = (length == null || length > PathSearch.MAX_LENGTH) ? -1 : length;
		List<String> path = search.path();
		boolean follow = IntStream.range(1, path.size())
			.allMatch((at) -> graph.isFollow(path.get(at - 1), path.get(at)));
		boolean ends = path.isEmpty() || path.get(path.size() - 1).equals(to);
		return (follow && ends && path.size() - 1 == expected) ? ""
				: "to %s: %s instead of length %d".formatted(to, path, expected);
	}

}
