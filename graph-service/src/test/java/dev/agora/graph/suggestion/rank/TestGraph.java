package dev.agora.graph.suggestion.rank;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** An undirected graph of friends, as the numbers of each member's friends. */
final class TestGraph {

	/** A real graph of students, which is not part of the project. */
	static final Path REED98 = Path.of("../../shared/data/socfb-Reed98.edges");

	private final Map<Long, Set<Long>> friends = new HashMap<>();

	static TestGraph read(Path edges) throws IOException {
		TestGraph graph = new TestGraph();
		for (String line : Files.readAllLines(edges)) {
			String[] pair = line.split(" ", -1);
			graph.add(Long.parseLong(pair[0]), Long.parseLong(pair[1]));
		}
		return graph;
	}

	/** Generates a graph in which early members have many friends and late ones few. */
	static TestGraph generate(int members, long seed) {
		TestGraph graph = new TestGraph();
		SplittableRandom random = new SplittableRandom(seed);
		for (int member = 1; member < members; member++) {
			for (int friend = 0; friend < 4; friend++) {
				graph.add(member, (long) (member * random.nextDouble() * random.nextDouble()));
			}
		}
		return graph;
	}

	private void add(long one, long other) {
		if (one != other) {
			this.friends.computeIfAbsent(one, (member) -> new HashSet<>()).add(other);
			this.friends.computeIfAbsent(other, (member) -> new HashSet<>()).add(one);
		}
	}

	Iterable<Long> members() {
		return this.friends.keySet();
	}

	Set<Long> friendsOf(long member) {
		return Objects.requireNonNull(this.friends.get(member));
	}

	/** Returns the friends of a member, each with the sorted numbers of their friends. */
	Map<Long, long[]> friendsOfFriends(long member) {
		return friendsOf(member).stream()
			.collect(Collectors.toMap((friend) -> friend,
					(friend) -> friendsOf(friend).stream().mapToLong(Long::longValue).sorted().toArray()));
	}

	/**
	 * Computes the suggestions for a member from the definition of the measure, candidate
	 * by candidate.
	 */
	Map<Long, Suggestion> suggestionsFor(long member) {
		Map<Long, Suggestion> expected = new HashMap<>();
		for (long candidate : members()) {
			List<Long> mutual = friendsOf(member).stream().filter(friendsOf(candidate)::contains).toList();
			if (candidate != member && !friendsOf(member).contains(candidate) && !mutual.isEmpty()) {
				double score = mutual.stream().mapToDouble((friend) -> 1 / Math.log(friendsOf(friend).size())).sum();
				expected.put(candidate, new Suggestion(candidate, mutual.size(), score));
			}
		}
		return expected;
	}

}
