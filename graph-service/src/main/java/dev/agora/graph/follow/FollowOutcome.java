package dev.agora.graph.follow;

/** How the start of one of many follows ended. */
public enum FollowOutcome {

	/** The follow started. */
	STARTED,

	/** The follow was active before. */
	UNCHANGED,

	/** A block between the two members does not allow the follow. */
	BLOCKED,

	/** One of the members does not exist. */
	UNKNOWN_MEMBER,

	/** A member cannot follow themselves. */
	ONESELF

}
