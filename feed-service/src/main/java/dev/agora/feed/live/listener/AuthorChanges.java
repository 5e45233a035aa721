package dev.agora.feed.live.listener;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.agora.feed.live.log.LiveEvent;

/** The authors of a member's home feed as far as events change them. */
public final class AuthorChanges {

	private AuthorChanges() {
	}

	/** Whether an event may change the authors of a member's home feed. */
	public static boolean concern(LiveEvent event, String member) {
		return (event instanceof LiveEvent.Followed followed && followed.follower().equals(member))
				|| (event instanceof LiveEvent.Unfollowed unfollowed && unfollowed.follower().equals(member))
				|| (event instanceof LiveEvent.Blocked blocked
						&& (blocked.blocker().equals(member) || blocked.blocked().equals(member)));
	}

	/**
	 * Applies events to the authors that were read from the store, which may not have
	 * them yet.
	 * @param events the events that concern the member, in their order
	 */
	public static Set<String> apply(String member, Set<String> stored, List<LiveEvent> events) {
		Set<String> authors = new HashSet<>(stored);
		for (LiveEvent event : events) {
			if (event instanceof LiveEvent.Followed followed) {
				authors.add(followed.followee());
			}
			else if (event instanceof LiveEvent.Unfollowed unfollowed) {
				authors.remove(unfollowed.followee());
			}
			else if (event instanceof LiveEvent.Blocked blocked) {
				authors.remove(blocked.blocker().equals(member) ? blocked.blocked() : blocked.blocker());
			}
		}
		authors.add(member);
		return authors;
	}

}
