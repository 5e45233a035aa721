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

import org.jgrapht.Graph;
import org.jgrapht.Graphs;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.BreadthFirstIterator;

import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieCount;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.TieSide;
import dev.agora.graph.tie.TieSource;
import dev.agora.platform.id.IdGenerator;

/** A graph of follows, with an independent search for shortest paths. */
final class FollowGraph {

	/**
	 * The friendships of one college (socfb-Reed98, R. A. Rossi and N. K. Ahmed, AAAI
	 * 2015), of which every third is a follow in one direction only.
	 */
	static final Path FILE = Path.of("..", "..", "shared", "data", "socfb-Reed98.edges");

	private final List<String> members = new ArrayList<>();

	private final Map<String, Integer> indexes = new HashMap<>();

	private final Graph<Integer, DefaultEdge> follows = new SimpleDirectedGraph<>(DefaultEdge.class);

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	/**
	 * Reads the graph of the college.
	 * @param size the number of members; the others are left out
	 */
	static FollowGraph read(int size) throws IOException {
		FollowGraph graph = new FollowGraph();
		for (String line : Files.readAllLines(FILE)) {
			String[] pair = line.split(" ", 2);
			int one = Integer.parseInt(pair[0]);
			int other = Integer.parseInt(pair[1]);
			if (one < size && other < size) {
				graph.follow(one, other);
				if ((one + other) % 3 != 0) {
					graph.follow(other, one);
				}
			}
		}
		return graph;
	}

	/**
	 * Generates a graph with long paths, in which each eleventh member follows many and
	 * each seventh is followed by many.
	 */
	static FollowGraph generate(int size, long seed) {
		FollowGraph graph = new FollowGraph();
		SplittableRandom random = new SplittableRandom(seed);
		for (int member = 0; member < size; member++) {
			for (int follow = (member % 11 == 0) ? 6 : 2; follow > 0; follow--) {
				graph.follow(member, (member + 1 + random.nextInt(8)) % size);
			}
			for (int follower = (member % 7 == 0) ? 5 : 0; follower > 0; follower--) {
				graph.follow((member + size - 1 - random.nextInt(8)) % size, member);
			}
		}
		return graph;
	}

	/** Adds the follows of a chain of members. */
	void followInTurn(int... chain) {
		for (int at = 1; at < chain.length; at++) {
			follow(chain[at - 1], chain[at]);
		}
	}

	void follow(int follower, int followee) {
		while (this.members.size() <= Math.max(follower, followee)) {
			this.follows.addVertex(this.members.size());
			String id = this.ids.next();
			this.indexes.put(id, this.members.size());
			this.members.add(id);
		}
		this.follows.addEdge(follower, followee);
	}

	List<String> members() {
		return this.members;
	}

	boolean isFollow(String follower, String followee) {
		return this.follows.containsEdge(this.indexes.get(follower), this.indexes.get(followee));
	}

	/** Lists the ids in the set of a member. */
	List<String> ids(TieKind kind, String member) {
		int index = this.indexes.get(member);
		List<Integer> others = (kind == TieKind.FOLLOWING) ? Graphs.successorListOf(this.follows, index)
				: Graphs.predecessorListOf(this.follows, index);
		return others.stream().map(this.members::get).toList();
	}

	/** Returns the length of the shortest path to each member who can be reached. */
	Map<String, Integer> lengths(String from) {
		BreadthFirstIterator<Integer, DefaultEdge> search = new BreadthFirstIterator<>(this.follows,
				this.indexes.get(from));
		Map<String, Integer> lengths = new HashMap<>();
		search.forEachRemaining((index) -> lengths.put(this.members.get(index), search.getDepth(index)));
		return lengths;
	}

	List<Tie> ties() {
		Map<String, Tie> ties = new HashMap<>();
		for (DefaultEdge edge : this.follows.edgeSet()) {
			String follower = this.members.get(this.follows.getEdgeSource(edge));
			String followee = this.members.get(this.follows.getEdgeTarget(edge));
			merge(ties, follower, followee, TieSide.FOLLOWING);
			merge(ties, followee, follower, TieSide.FOLLOWED_BY);
		}
		return List.copyOf(ties.values());
	}

	private static void merge(Map<String, Tie> ties, String owner, String other, TieSide side) {
		Map<TieSide, TieSource> sources = new HashMap<>(
				ties.getOrDefault(Tie.id(owner, other), Tie.none(owner, other)).sources());
		sources.put(side, new TieSource(1, true));
		ties.put(Tie.id(owner, other), new Tie(owner, other, sources, null, TieCount.NONE, 1, false));
	}

}
