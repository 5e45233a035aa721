package dev.agora.graph.tie;

/**
 * The state of an edge, as a tie has taken it over.
 *
 * @param version the version of the edge, 0 if there is none
 * @param active whether the edge is active
 */
public record TieSource(long version, boolean active) {

	static final TieSource NONE = new TieSource(0, false);

}
