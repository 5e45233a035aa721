package dev.agora.graph.follow;

/**
 * The relation of a viewer to a member.
 *
 * @param following whether the viewer follows the member
 * @param followedBy whether the member follows the viewer
 * @param friend whether both follow each other
 * @param blocked whether the viewer has blocked the member
 */
record Relation(boolean following, boolean followedBy, boolean friend, boolean blocked) {

	static Relation of(boolean following, boolean followedBy) {
		return new Relation(following, followedBy, following && followedBy, false);
	}

}
