package dev.agora.feed.live.listener;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.agora.feed.live.log.LiveEvent;

/**
 * The authors of a member's home feed as far as events change them. The events of a
 * follow are in their order, and so are those of a block, but those of both are not: an
 * instance that starts may read old blocks after later follows. So a block counts until
 * its own end, whenever the follow arrives.
 */
final class AuthorChanges {

	private AuthorChanges() {
	}

	/** Whether an event may change the authors of a member's home feed. */
	static boolean concern(LiveEvent event, String member) {
		return (event instanceof LiveEvent.Followed followed && followed.follower().equals(member))
				|| (event instanceof LiveEvent.Unfollowed unfollowed && unfollowed.follower().equals(member))
				|| (event instanceof LiveEvent.Blocked blocked && isOneOf(member, blocked.blocker(), blocked.blocked()))
				|| (event instanceof LiveEvent.Unblocked unblocked
						&& isOneOf(member, unblocked.blocker(), unblocked.blocked()));
	}

	/**
	 * Applies events to the authors that were read from the store, which may not have
	 * them yet.
	 * @param events the events that concern the member, in the order of their arrival
	 */
	static Set<String> apply(String member, Set<String> stored, List<LiveEvent> events) {
		Set<String> authors = new HashSet<>(stored);
		for (LiveEvent event : events) {
			if (event instanceof LiveEvent.Followed followed) {
				authors.add(followed.followee());
			}
			else if (event instanceof LiveEvent.Unfollowed unfollowed) {
				authors.remove(unfollowed.followee());
			}
		}
		blocks(events)
			.forEach((block) -> authors.remove(block.blocker().equals(member) ? block.blocked() : block.blocker()));
		authors.add(member);
		return authors;
	}

	/** Finds the blocks that have not ended. */
	private static Set<LiveEvent.Blocked> blocks(List<LiveEvent> events) {
		Set<LiveEvent.Blocked> blocks = new HashSet<>();
		for (LiveEvent event : events) {
			if (event instanceof LiveEvent.Blocked blocked) {
				blocks.add(blocked);
			}
			else if (event instanceof LiveEvent.Unblocked unblocked) {
				blocks.remove(new LiveEvent.Blocked(unblocked.blocker(), unblocked.blocked()));
			}
		}
		return blocks;
	}

	private static boolean isOneOf(String member, String one, String other) {
		return member.equals(one) || member.equals(other);
	}

}
