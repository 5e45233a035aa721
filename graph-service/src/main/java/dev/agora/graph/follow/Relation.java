package dev.agora.graph.follow;

/**
 * What there is between a member and the one who looks.
 *
 * @param following whether the one who looks follows the member
 * @param followedBy whether the member follows the one who looks
 * @param friend whether both follow each other
 * @param blocked whether the one who looks has blocked the member
 */
record Relation(boolean following, boolean followedBy, boolean friend, boolean blocked) {

	static Relation of(boolean following, boolean followedBy) {
		return new Relation(following, followedBy, following && followedBy, false);
	}

}
