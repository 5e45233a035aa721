package dev.agora.feed.audience;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The members whom blocks hide from one member: those whom the member blocks, and those
 * who block the member.
 *
 * @param complete false if there are too many for one object
 * @param ids all their ids if they are complete, none otherwise
 */
public record HiddenMembers(boolean complete, Set<String> ids) {

	/** The largest number of blocks that are kept as one object. */
	static final int MAX_BLOCKS = 1000;

	/**
	 * Collects the members of blocks.
	 * @param members one member for each block; more than the maximum if some are left
	 * out
	 */
	static HiddenMembers of(List<HiddenMember> members) {
		boolean complete = members.size() <= MAX_BLOCKS;
		return new HiddenMembers(complete,
				complete ? members.stream().map(HiddenMember::id).collect(Collectors.toUnmodifiableSet()) : Set.of());
	}

}
