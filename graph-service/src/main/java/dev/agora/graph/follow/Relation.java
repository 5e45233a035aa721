package dev.agora.graph.follow;

import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieSide;

/**
 * The relation of a viewer to a member.
 *
 * @param following whether the viewer follows the member
 * @param followedBy whether the member follows the viewer
 * @param friend whether both follow each other
 * @param blocked whether the viewer has blocked the member
 */
record Relation(boolean following, boolean followedBy, boolean friend, boolean blocked) {

	/** The relation of a viewer without a tie to the member. */
	static final Relation NONE = new Relation(false, false, false, false);

	static Relation of(Tie tie) {
		return new Relation(tie.is(TieSide.FOLLOWING), tie.is(TieSide.FOLLOWED_BY), tie.isFriend(),
				tie.is(TieSide.BLOCKING));
	}

}
