package dev.agora.graph.count;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieChange;
import dev.agora.graph.tie.TieCount;
import dev.agora.graph.tie.TieKind;

/**
 * The writes by which ties take over edges and are counted. The graphs must have been
 * read before the ties: then a graph whose version has not changed since has counted no
 * state of a tie that is later than the one that was read.
 *
 * @param ties the ties as they are to be stored, without those that stay as they are
 * @param graphs the graphs as they are to be stored, without those that stay as they are
 * @param moves the members who enter or leave a list, by owner, of whom the observers are
 * informed. Of a tie that waited to be counted, they name its place in each list, since
 * an observer may have read any state that was stored meanwhile.
 * @param counted the ties that are counted after these writes, as they are stored
 * @param tokens the tokens that can be removed once these ties are marked, by owner
 * @param raised the versions that earlier attempts may have raised without informing the
 * observers, by owner
 */
record TiePlan(List<Tie> ties, List<MemberGraph> graphs, Map<String, List<TieMove>> moves, List<Tie> counted,
		Map<String, Map<String, TieCount>> tokens, Map<String, Long> raised) {

	/**
	 * Plans the writes for some changes.
	 * @param graphs the graphs of the owners
	 * @param ties the stored ties by id, read after the graphs
	 */
	static TiePlan of(List<TieChange> changes, Map<String, MemberGraph> graphs, Map<String, Tie> ties) {
		TiePlan plan = new TiePlan(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>(),
				new HashMap<>(), new HashMap<>());
		merge(changes, ties).forEach((tie) -> plan.add(tie, ties, graphOf(tie, graphs)));
		Map<String, List<Tie>> counted = plan.counted.stream()
			.collect(Collectors.groupingBy(Tie::owner, LinkedHashMap::new, Collectors.toList()));
		counted.forEach((owner, some) -> plan.graphs.add(count(some, graphOf(some.get(0), graphs))));
		return plan;
	}

	private static MemberGraph count(List<Tie> ties, MemberGraph graph) {
		return graph.change(ties.stream().flatMap(TiePlan::movesOf).toList(),
				ties.stream().collect(Collectors.toMap(Tie::other, TiePlan::tokenOf)));
	}

	/**
	 * The changes of lists, of which the observers are informed. Those without moves were
	 * counted by an earlier attempt, whose observers may not have been informed.
	 */
	List<MemberGraphChange> changes() {
		Stream<MemberGraphChange> repeated = this.raised.entrySet()
			.stream()
			.map((graph) -> new MemberGraphChange(graph.getKey(), graph.getValue(), List.of()));
		Stream<MemberGraphChange> planned = this.graphs.stream()
			.map((graph) -> new MemberGraphChange(graph.owner(), graph.version(),
					this.moves.getOrDefault(graph.owner(), List.of())));
		return Stream.concat(repeated, planned).toList();
	}

	private static Iterable<Tie> merge(List<TieChange> changes, Map<String, Tie> ties) {
		Map<String, Tie> next = new LinkedHashMap<>();
		changes.forEach((change) -> next.merge(Tie.id(change),
				ties.getOrDefault(Tie.id(change), Tie.none(change.owner(), change.other())).apply(change),
				(merged, same) -> merged.apply(change)));
		return next.values();
	}

	private static MemberGraph graphOf(Tie tie, Map<String, MemberGraph> graphs) {
		return graphs.getOrDefault(tie.owner(), MemberGraph.empty(tie.owner()));
	}

	private void add(Tie applied, Map<String, Tie> stored, MemberGraph graph) {
		TieCount token = graph.token(applied.other());
		Tie next = applied.withCount(token);
		boolean isWritten = !next
			.equals(stored.getOrDefault(Tie.id(next.owner(), next.other()), Tie.none(next.owner(), next.other())));
		Tie written = isWritten ? next.next() : next;
		if (isWritten) {
			this.ties.add(written);
		}
		if (!written.isCounted()) {
			this.moves.computeIfAbsent(next.owner(), (owner) -> new ArrayList<>())
				.addAll((next.isWaiting() ? placesOf(written) : movesOf(written)).toList());
			this.counted.add(written);
			removeLater(written, tokenOf(written));
		}
		else if (token.revision() > 0) {
			this.raised.put(graph.owner(), graph.version());
			removeLater(written, written.counted());
		}
	}

	private void removeLater(Tie tie, TieCount token) {
		this.tokens.computeIfAbsent(tie.owner(), (owner) -> new HashMap<>()).put(tie.other(), token);
	}

	private static TieCount tokenOf(Tie tie) {
		return new TieCount(tie.revision(), tie.kinds());
	}

	/** The lists in which the counts do not have the tie as it is. */
	private static Stream<TieMove> movesOf(Tie tie) {
		return placesOf(tie).filter((move) -> move.isAdded() != tie.counted().kinds().contains(move.kind()));
	}

	private static Stream<TieMove> placesOf(Tie tie) {
		Set<TieKind> kinds = tie.kinds();
		return Stream.of(TieKind.values()).map((kind) -> new TieMove(kind, kinds.contains(kind), tie.other()));
	}

}
