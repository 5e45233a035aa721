package dev.agora.graph.tie;

/** The lists of a member that the other member of a tie can be in. */
public enum TieKind {

	/** The members who follow the owner. */
	FOLLOWERS,

	/** The members whom the owner follows. */
	FOLLOWING,

	/** The members who follow the owner and are followed back. */
	FRIENDS

}
