package dev.agora.measure;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A follow graph with a long tail, the same for the same seed. The first members are a
 * group of fixed size, whose members follow each other and the most followed members, and
 * nobody else follows them: their own neighbourhood is the same at any size. Of the other
 * members, each follows a few, and the first of them are followed most.
 */
final class GrowthGraph {

	/** The members of the group. */
	static final int GROUP = 100;

	/** The hash of {@code agora-demo-password}, with one salt for all. */
	private static final String HASH = "$argon2id$v=19$m=19456,t=2,p=1$YWdvcmEtZGVtby1zYWx0IQ$7mn504A12rUkgeGZZK3Tv8L+uAm78x3IaSgVbzbKWz0";

	static final String PASSWORD = "agora-demo-password";

	/** How many the members of the group follow of each other, in a ring. */
	private static final int NEIGHBOURS = 10;

	private static final int HUBS = 3;

	/** The exponent of the long tail: the higher, the more followers the first have. */
	private static final double SKEW = 3;

	private final String prefix;

	private final long seed;

	private final int follows;

	/**
	 * Describes a graph.
	 * @param prefix the beginning of all handles
	 * @param seed the seed of the follows
	 * @param follows how many members each one outside the group follows
	 */
	GrowthGraph(String prefix, long seed, int follows) {
		this.prefix = prefix;
		this.seed = seed;
		this.follows = follows;
	}

	String handle(int member) {
		return this.prefix + member;
	}

	/** Returns the most followed member. */
	String hub() {
		return handle(GROUP);
	}

	/** Returns the members from one size to the next, as lines of an import. */
	String members(int from, int to) {
		return IntStream.range(from, to)
			.mapToObj((member) -> (member < GROUP) ? line(handle(member))
					: "{\"handle\":\"" + handle(member) + "\",\"name\":\"Member " + member + "\"}")
			.collect(Collectors.joining("\n"));
	}

	/** Returns the line of a member who can log in with {@link #PASSWORD}. */
	static String line(String handle) {
		return "{\"handle\":\"%s\",\"name\":\"Member\",\"passwordHash\":\"%s\"}".formatted(handle, HASH);
	}

	/** Returns the follows of these members, as lines of an import. */
	String follows(int from, int to) {
		return IntStream.range(from, to)
			.mapToObj((member) -> followees(member, to).stream()
				.map((followee) -> handle(member) + " " + handle(followee))
				.collect(Collectors.joining("\n")))
			.collect(Collectors.joining("\n"));
	}

	private Set<Integer> followees(int member, int size) {
		Set<Integer> followees = new LinkedHashSet<>();
		if (member < GROUP) {
			for (int step = 1; step <= NEIGHBOURS; step++) {
				followees.add((member + step) % GROUP);
				followees.add((member + GROUP - step) % GROUP);
			}
			IntStream.range(GROUP, GROUP + HUBS).forEach(followees::add);
			return followees;
		}
		SplittableRandom random = new SplittableRandom(this.seed + member);
		while (followees.size() < this.follows) {
			int followee = GROUP + (int) ((size - GROUP) * Math.pow(random.nextDouble(), SKEW));
			if (followee != member) {
				followees.add(followee);
			}
		}
		return followees;
	}

}
