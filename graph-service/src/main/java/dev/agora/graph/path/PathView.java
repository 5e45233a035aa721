package dev.agora.graph.path;

import java.util.List;

import dev.agora.platform.member.MemberCard;

/**
 * A chain of members, each of whom follows the next.
 *
 * @param length the number of follows, which is one less than that of the members
 * @param items the members, from the caller to the requested one
 */
record PathView(int length, List<MemberCard> items) {

	static PathView of(List<MemberCard> chain) {
		return new PathView(chain.size() - 1, chain);
	}

}
