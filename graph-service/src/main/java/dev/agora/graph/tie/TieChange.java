package dev.agora.graph.tie;

import org.jspecify.annotations.Nullable;

/**
 * The state of an edge that a tie is to take over.
 *
 * @param owner the member whose tie it is
 * @param other the other member
 * @param side the edge
 * @param source the state of the edge
 * @param card the other member's card, null if it is not known
 */
public record TieChange(String owner, String other, TieSide side, TieSource source, @Nullable TieCard card) {

	/** Changes nothing of a tie, but lets it be counted if it is not. */
	public static TieChange none(String owner, String other) {
		return new TieChange(owner, other, TieSide.FOLLOWING, TieSource.NONE, null);
	}

}
