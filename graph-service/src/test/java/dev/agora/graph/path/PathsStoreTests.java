package dev.agora.graph.path;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

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

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final TestRedisServer redis = TestRedisServer.started();

	private final TestGraph stores = new TestGraph(mongo);

	@BeforeEach
	void requireGraph() {
		assumeThat(FollowGraph.FILE).as("the real graph is missing: %s", FollowGraph.FILE).exists();
		redis.flush();
	}

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
		FollowGraph graph = new FollowGraph(WHOLE);
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

	@Test
	void readsSetsThatAreTooLargeFromMongo() throws IOException {
		FollowGraph graph = new FollowGraph(PART);
		Flux.fromIterable(graph.ties()).buffer(500).concatMap(this.stores.ties::write).blockLast();
		try (SetInstance small = new SetInstance(this.stores, redis, SetInstance.settings(2));
				SetInstance large = new SetInstance(this.stores, redis, SetInstance.settings(5_000))) {
			assertThat(differences(graph, paths(small), 8, 12)).isEmpty();
			redis.flush();
			assertThat(differences(graph, paths(large), 8, 12)).isEmpty();
		}
	}

	@Test
	void refusesASearchThatReadsTooManyIds() throws IOException {
		FollowGraph graph = new FollowGraph(PART);
		Flux.fromIterable(graph.ties()).buffer(500).concatMap(this.stores.ties::write).blockLast();
		String from = graph.members().get(1);
		String to = graph.lengths(from)
			.entrySet()
			.stream()
			.filter((member) -> member.getValue() == 2)
			.findFirst()
			.orElseThrow()
			.getKey();
		try (SetInstance instance = new SetInstance(this.stores, redis, SetInstance.settings(5_000))) {
			assertThatExceptionOfType(Unavailable.class)
				.isThrownBy(() -> paths(instance).run(PathSearch.between(from, to, 2), Consistency.SESSION).block())
				.withMessageContaining("2 ids");
		}
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
