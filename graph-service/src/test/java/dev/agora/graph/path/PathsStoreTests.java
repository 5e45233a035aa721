package dev.agora.graph.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.BreadthFirstIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import dev.agora.graph.TestGraph;
import dev.agora.graph.set.SetInstance;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieCount;
import dev.agora.graph.tie.TieSide;
import dev.agora.graph.tie.TieSource;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.platform.web.Consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Compares paths with those of a breadth-first search by JGraphT. */
class PathsStoreTests {

	/** The friendships of one college (R. A. Rossi and N. K. Ahmed, AAAI 2015). */
	private static final Path REED98 = Path.of("..", "..", "shared", "data", "socfb-Reed98.edges");

	private static final int SOURCES = 50;

	private static final int TARGETS_EACH = 200;

	private static final int MAX_IDS = 200_000;

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final TestRedisServer redis = TestRedisServer.started();

	private static final List<String> members = new ArrayList<>();

	private static final Graph<Integer, DefaultEdge> follows = new SimpleDirectedGraph<>(DefaultEdge.class);

	private static SetInstance instance;

	private static Paths paths;

	@BeforeAll
	static void load() throws IOException {
		assumeThat(REED98).as("the real graph is missing: %s", REED98).exists();
		TestGraph graph = new TestGraph(mongo);
		instance = new SetInstance(graph, redis, SetInstance.settings(5_000));
		paths = new Paths(instance.sets, graph.blocks, graph.members, new PathSettings(MAX_IDS, 16));
		IdGenerator ids = new IdGenerator(Clock.systemUTC());
		Map<String, Integer> numbers = new HashMap<>();
		for (String line : Files.readAllLines(REED98)) {
			int[] pair = List.of(line.split(" ")).stream().mapToInt((name) -> numbers.computeIfAbsent(name, (added) -> {
				members.add(ids.next());
				follows.addVertex(members.size() - 1);
				return members.size() - 1;
			})).toArray();
			addFollows(pair[0], pair[1]);
		}
		Flux.fromIterable(ties()).buffer(1_000).concatMap(graph.ties::write).blockLast();
	}

	/** Every third friendship is a follow in one direction only. */
	private static void addFollows(int one, int other) {
		follows.addEdge(one, other);
		if ((one + other) % 3 != 0) {
			follows.addEdge(other, one);
		}
	}

	private static List<Tie> ties() {
		Map<String, Tie> ties = new HashMap<>();
		for (DefaultEdge edge : follows.edgeSet()) {
			String follower = members.get(follows.getEdgeSource(edge));
			String followee = members.get(follows.getEdgeTarget(edge));
			merge(ties, follower, followee, TieSide.FOLLOWING);
			merge(ties, followee, follower, TieSide.FOLLOWED_BY);
		}
		return List.copyOf(ties.values());
	}

	private static void merge(Map<String, Tie> ties, String owner, String other, TieSide side) {
		Map<TieSide, TieSource> sources = new HashMap<>(
				ties.getOrDefault(Tie.id(owner, other), Tie.none(owner, other)).sources());
		sources.put(side, new TieSource(1, true));
		ties.put(Tie.id(owner, other), new Tie(owner, other, sources, null, TieCount.NONE, 1));
	}

	@AfterAll
	static void stop() {
		if (instance != null) {
			instance.close();
		}
		redis.close();
		mongo.close();
	}

	@Test
	void equalsABreadthFirstSearchInLength() {
		assertThat(differences(paths, SOURCES, TARGETS_EACH)).isEmpty();
	}

	@Test
	void readsSetsThatAreTooLargeFromMongo() {
		try (SetInstance small = new SetInstance(instance.graph, redis, SetInstance.settings(30))) {
			redis.flush();
			Paths bounded = new Paths(small.sets, instance.graph.blocks, instance.graph.members,
					new PathSettings(MAX_IDS, 16));
			assertThat(differences(bounded, 5, 20)).isEmpty();
			redis.flush();
		}
	}

	@Test
	void refusesASearchThatReadsTooManyIds() {
		int[] distant = IntStream.range(0, members.size())
			.boxed()
			.flatMap((from) -> Stream.of(new int[] { from, (from + 500) % members.size() }))
			.filter((pair) -> lengths(pair[0]).getOrDefault(pair[1], 0) >= 3)
			.findFirst()
			.orElseThrow();
		assertThatExceptionOfType(Unavailable.class)
			.isThrownBy(() -> paths
				.run(PathSearch.between(members.get(distant[0]), members.get(distant[1]), 30), Consistency.SESSION)
				.block())
			.withMessageContaining("30 ids");
	}

	private static List<String> differences(Paths paths, int sources, int targetsEach) {
		SplittableRandom random = new SplittableRandom(98);
		List<Integer> from = random.ints(sources, 0, members.size()).boxed().toList();
		return from.stream().flatMap((source) -> {
			Map<Integer, Integer> lengths = lengths(source);
			List<Integer> to = random.ints(targetsEach, 0, members.size()).boxed().toList();
			return Flux.fromIterable(to)
				.flatMap((target) -> paths.run(between(source, target), Consistency.SESSION)
					.map((search) -> difference(target, lengths.get(target), search)), 8)
				.filter((difference) -> !difference.isEmpty())
				.toStream();
		}).toList();
	}

	private static PathSearch between(int from, int to) {
		return PathSearch.between(members.get(from), members.get(to), MAX_IDS);
	}

	/** Compares lengths, and requires that each member of the path follows the next. */
	private static String difference(int target, @Nullable Integer length, PathSearch search) {
		int expected = (length == null || length > PathSearch.MAX_LENGTH) ? -1 : length;
		List<Integer> path = search.path().stream().map(members::indexOf).toList();
		boolean follow = IntStream.range(1, path.size())
			.allMatch((at) -> follows.containsEdge(path.get(at - 1), path.get(at)));
		boolean ends = path.isEmpty() || path.get(path.size() - 1) == target;
		return (follow && ends && path.size() - 1 == expected) ? ""
				: "to %d: %s instead of length %d".formatted(target, path, expected);
	}

	/** Returns the length of the shortest path to each member who can be reached. */
	private static Map<Integer, Integer> lengths(int source) {
		BreadthFirstIterator<Integer, DefaultEdge> search = new BreadthFirstIterator<>(follows, source);
		Map<Integer, Integer> lengths = new HashMap<>();
		search.forEachRemaining((member) -> lengths.put(member, search.getDepth(member)));
		return lengths;
	}

}
