package dev.agora.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A graph of follows among numbered members.
 *
 * @param name the name of the source
 * @param size the number of members
 * @param follows pairs of follower and followee
 */
record SocialGraph(String name, int size, List<int[]> follows) {

	private static final int CORE = 160;

	private static final Path REED98 = Path.of("..", "shared", "data", "socfb-Reed98.edges");

	/**
	 * Loads the friendships at one college (socfb-Reed98, R. A. Rossi and N. K. Ahmed,
	 * AAAI 2015), each as two follows, or a smaller random graph if the file is missing.
	 * The property {@code agora.graph=whole} loads all 962 members, otherwise only the
	 * members with the most friends are loaded.
	 */
	static SocialGraph load() throws IOException {
		SocialGraph graph = loadWhole();
		return "whole".equals(System.getProperty("agora.graph")) ? graph : graph.core(CORE);
	}

	private static SocialGraph loadWhole() throws IOException {
		Path file = TestSystem.root().resolve(REED98);
		if (!Files.exists(file)) {
			System.out.println(REED98 + " is missing. A random graph of 200 members is used instead.");
			return random(200, 4000);
		}
		List<int[]> follows = new ArrayList<>();
		TreeSet<String> names = new TreeSet<>();
		List<String[]> edges = Files.readAllLines(file).stream().map((line) -> line.split(" ")).toList();
		edges.forEach((edge) -> names.addAll(List.of(edge)));
		List<String> numbers = List.copyOf(names);
		Map<String, Integer> index = new HashMap<>();
		numbers.forEach((number) -> index.put(number, index.size()));
		for (String[] edge : edges) {
			follows.add(new int[] { index.get(edge[0]), index.get(edge[1]) });
			follows.add(new int[] { index.get(edge[1]), index.get(edge[0]) });
		}
		return new SocialGraph("Reed98", numbers.size(), follows);
	}

	/** The members with the most friends, and the follows among them. */
	private SocialGraph core(int count) {
		int[] friends = new int[this.size];
		this.follows.forEach((pair) -> friends[pair[0]]++);
		Map<Integer, Integer> index = new HashMap<>();
		IntStream.range(0, this.size)
			.boxed()
			.sorted(Comparator.comparing((Integer member) -> -friends[member]))
			.limit(count)
			.forEach((member) -> index.put(member, index.size()));
		List<int[]> among = this.follows.stream()
			.filter((pair) -> index.containsKey(pair[0]) && index.containsKey(pair[1]))
			.map((pair) -> new int[] { index.get(pair[0]), index.get(pair[1]) })
			.toList();
		return new SocialGraph("The core of " + this.name, index.size(), among);
	}

	private static SocialGraph random(int size, int count) {
		Random random = new Random(98);
		TreeSet<Integer> pairs = new TreeSet<>();
		while (pairs.size() < count) {
			int pair = random.nextInt(size * size);
			if (pair / size != pair % size) {
				pairs.add(pair);
			}
		}
		return new SocialGraph("random", size,
				pairs.stream().map((pair) -> new int[] { pair / size, pair % size }).toList());
	}

}
