package dev.agora.graph.count;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.agora.graph.tie.TieCount;
import dev.agora.graph.tie.TieKind;

/**
 * The sizes of a member's lists.
 *
 * @param owner the member's id
 * @param version raised by each change of a list, 0 for a member without any
 * @param sizes the sizes of the lists
 * @param tokens what has been counted of ties that may not be marked as counted yet, by
 * the id of the other member
 */
public record MemberGraph(String owner, long version, Map<TieKind, Long> sizes, Map<String, TieCount> tokens) {

	/** The lists of a member without ties. */
	public static MemberGraph empty(String owner) {
		return new MemberGraph(owner, 0, Map.of(), Map.of());
	}

	/** Returns the number of members in a list. */
	public long size(TieKind kind) {
		return this.sizes.getOrDefault(kind, 0L);
	}

	/** Returns what has been counted of the tie to a member and may not be marked yet. */
	TieCount token(String other) {
		return this.tokens.getOrDefault(other, TieCount.NONE);
	}

	/** Returns the graph with other sizes of the lists. */
	MemberGraph correct(Map<TieKind, Long> counted) {
		return new MemberGraph(this.owner, this.version + 1, counted, Map.of());
	}

	/**
	 * Returns the graph after members entered and left lists.
	 * @param added the tokens that are added; the write leaves the others as they are
	 */
	MemberGraph change(List<TieMove> moves, Map<String, TieCount> added) {
		Map<TieKind, Long> next = new HashMap<>(this.sizes);
		moves.forEach((move) -> next.merge(move.kind(), move.isAdded() ? 1L : -1L, Long::sum));
		return new MemberGraph(this.owner, this.version + 1, Map.copyOf(next), Map.copyOf(added));
	}

}
