package dev.agora.feed.live.listener;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.agora.feed.live.log.LiveEvent;
import dev.agora.feed.live.log.LiveLog;

/**
 * Keeps the authors of the members who listen in line with the log, which has each event
 * before it is applied here. It is used by one thread at a time.
 */
public final class ListenerAuthors {

	private final Listeners listeners;

	private final LiveLog log;

	public ListenerAuthors(Listeners listeners, LiveLog log) {
		this.listeners = listeners;
		this.log = log;
	}

	/**
	 * Finds the authors of a member.
	 * @param stored the authors that the store has, which may lack events of the log
	 */
	public Set<String> of(String member, Set<String> stored) {
		return AuthorChanges.apply(member, stored, this.log.list((event) -> AuthorChanges.concern(event, member)));
	}

	/**
	 * Applies the start of a follow, unless a block hides the two members from each
	 * other. One scan of the log shows this and the activities that arrived early.
	 * @return the activities of a new author that arrived before the follow, although
	 * they were published after it; none if the follower does not listen
	 */
	public Stream<LiveEvent.Published> follow(LiveEvent.Followed follow) {
		String member = follow.follower();
		if (this.listeners.ofMember(member).isEmpty() || this.listeners.hasAuthor(member, follow.followee())) {
			return Stream.empty();
		}
		List<LiveEvent> events = this.log
			.list((event) -> AuthorChanges.concern(event, member) || follow.isFollowedBy(event));
		return AuthorChanges.apply(member, Set.of(), events).contains(follow.followee())
				&& this.listeners.follow(member, follow.followee())
						? events.stream().filter(follow::isFollowedBy).map(LiveEvent.Published.class::cast)
						: Stream.empty();
	}

	/** Applies the end of a follow, or the start or the end of a block. */
	public void apply(LiveEvent event) {
		if (event instanceof LiveEvent.Unfollowed unfollowed) {
			this.listeners.unfollow(unfollowed.follower(), unfollowed.followee());
		}
		else if (event instanceof LiveEvent.Blocked blocked) {
			this.listeners.unfollow(blocked.blocker(), blocked.blocked());
			this.listeners.unfollow(blocked.blocked(), blocked.blocker());
		}
		else if (event instanceof LiveEvent.Unblocked unblocked) {
			restore(unblocked.blocker(), unblocked.blocked());
			restore(unblocked.blocked(), unblocked.blocker());
		}
	}

	/** A follow that started after the block may have arrived before it. */
	private void restore(String member, String author) {
		if (isAuthor(member, author)) {
			this.listeners.follow(member, author);
		}
	}

	/** Whether a member who listens has an author by the events of the log alone. */
	private boolean isAuthor(String member, String author) {
		return !this.listeners.ofMember(member).isEmpty() && of(member, Set.of()).contains(author);
	}

}
