package dev.agora.graph.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

/**
 * The follows among the members of one college (socfb-Reed98, R. A. Rossi and N. K.
 * Ahmed, AAAI 2015). Every third friendship is a follow in one direction only.
 */
final class FollowGraph {

	static final Path FILE = Path.of("..", "..", "shared", "data", "socfb-Reed98.edges");

	private final List<String> members = new ArrayList<>();

	private final Map<String, Integer> indexes = new HashMap<>();

	private final Graph<Integer, DefaultEdge> follows = new SimpleDirectedGraph<>(DefaultEdge.class);

	/**
	 * Reads the graph.
	 * @param size the number of members; the others are left out
	 */
	FollowGraph(int size) throws IOException {
		IdGenerator ids = new IdGenerator(Clock.systemUTC());
		for (String line : Files.readAllLines(FILE)) {
			String[] pair = line.split(" ", 2);
			int one = Integer.parseInt(pair[0]);
			int other = Integer.parseInt(pair[1]);
			if (one < size && other < size) {
				while (this.members.size() <= Math.max(one, other)) {
					add(ids.next());
				}
				addFollows(one, other);
			}
		}
	}

	private void add(String id) {
		this.follows.addVertex(this.members.size());
		this.indexes.put(id, this.members.size());
		this.members.add(id);
	}

	private void addFollows(int one, int other) {
		this.follows.addEdge(one, other);
		if ((one + other) % 3 != 0) {
			this.follows.addEdge(other, one);
		}
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
		ties.put(Tie.id(owner, other), new Tie(owner, other, sources, null, TieCount.NONE, 1));
	}

}
