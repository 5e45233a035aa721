package dev.agora.graph.tie;

/** The four edges between two members, seen from the owner of a tie. */
public enum TieSide {

	/** The owner follows the other. */
	FOLLOWING,

	/** The other follows the owner. */
	FOLLOWED_BY,

	/** The owner blocks the other. */
	BLOCKING,

	/** The other blocks the owner. */
	BLOCKED_BY

}
