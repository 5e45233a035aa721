package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Members, each with friends. Friends follow each other. */
final class SocialGraph {

	private final List<Set<Integer>> friends = new ArrayList<>();

	private SocialGraph() {
	}

	/**
	 * Reads a file of friendships, {@code a b} in each line; lines that begin with
	 * {@code #} or {@code %} are comments.
	 */
	static SocialGraph read(Path file) throws IOException {
		SocialGraph graph = new SocialGraph();
		Map<String, Integer> numbers = new HashMap<>();
		for (String line : Files.readAllLines(file)) {
			String[] names = line.strip().split("\\s+", -1);
			if (names.length == 2 && !line.startsWith("#") && !line.startsWith("%")) {
				graph.connect(numbers.computeIfAbsent(names[0], (name) -> graph.add()),
						numbers.computeIfAbsent(names[1], (name) -> graph.add()));
			}
		}
		if (numbers.isEmpty()) {
			throw new Problem(file + " is not a list of friendships: no line has two names.");
		}
		return graph;
	}

	/**
	 * Generates a graph with a long tail: each member befriends earlier ones, the more
	 * likely the more friends these have (Barabási and Albert, Emergence of Scaling in
	 * Random Networks, 1999). The same seed gives the same graph.
	 * @param friends the average number of friends, about
	 */
	static SocialGraph generate(int members, int friends, long seed) {
		SocialGraph graph = new SocialGraph();
		SplittableRandom random = new SplittableRandom(seed);
		int links = (friends + 1) / 2;
		List<Integer> ends = new ArrayList<>();
		for (int number = 0; number < members; number++) {
			int member = graph.add();
			while (graph.friendsOf(member) < Math.min(member, links)) {
				int other = (member <= links) ? graph.friendsOf(member) : ends.get(random.nextInt(ends.size()));
				if (graph.connect(member, other)) {
					ends.addAll(List.of(member, other));
				}
			}
		}
		return graph;
	}

	/** Returns a graph in which all members are friends. */
	static SocialGraph complete(int members) {
		SocialGraph graph = new SocialGraph();
		for (int member = 0; member < members; member++) {
			graph.add();
			for (int other = 0; other < member; other++) {
				graph.connect(member, other);
			}
		}
		return graph;
	}

	private int add() {
		this.friends.add(new TreeSet<>());
		return this.friends.size() - 1;
	}

	private boolean connect(int one, int other) {
		return one != other && this.friends.get(one).add(other) && this.friends.get(other).add(one);
	}

	int size() {
		return this.friends.size();
	}

	int friendsOf(int member) {
		return this.friends.get(member).size();
	}

	/** Returns the number of friends of all members, so each friendship counts twice. */
	long follows() {
		return this.friends.stream().mapToLong(Set::size).sum();
	}

	/** Lists who follows whom, two handles a line. */
	String lines(String prefix) {
		StringBuilder lines = new StringBuilder();
		for (int member = 0; member < size(); member++) {
			for (int friend : this.friends.get(member)) {
				lines.append(prefix).append(member).append(' ').append(prefix).append(friend).append('\n');
			}
		}
		return lines.toString();
	}

}
