package dev.agora.graph.tie;

import java.util.Set;

/**
 * The part of a tie that is in the counts of its owner.
 *
 * @param revision the revision of the tie that was counted last, 0 for none
 * @param kinds the lists for which the tie is counted
 */
public record TieCount(long revision, Set<TieKind> kinds) {

	/** The count of a tie that was never counted. */
	public static final TieCount NONE = new TieCount(0, Set.of());

	/** Returns the later of two counts of one tie. */
	TieCount latest(TieCount other) {
		return (other.revision > this.revision) ? other : this;
	}

}
