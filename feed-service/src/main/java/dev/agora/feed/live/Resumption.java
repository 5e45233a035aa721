package dev.agora.feed.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.agora.feed.live.log.LiveEvent;
import dev.agora.feed.live.log.LiveLog;
import dev.agora.feed.live.log.LiveLog.Sent;
import dev.agora.feed.live.log.Position;
import dev.agora.feed.timeline.VisibleActivities;

/** Finds what a client lacks that was disconnected. */
final class Resumption {

	private final String member;

	private final Set<String> authors;

	private final Position since;

	/**
	 * Creates a resumption.
	 * @param member the member who listens
	 * @param authors the authors of the member's home feed now
	 * @param since the position of the client
	 */
	Resumption(String member, Set<String> authors, Position since) {
		this.member = member;
		this.authors = authors;
		this.since = since;
	}

	String member() {
		return this.member;
	}

	Position since() {
		return this.since;
	}

	/** Lists what the client lacks, in the order of arrival. */
	List<Sent> list(LiveLog log) {
		List<Sent> lacking = log.listAfter(this.since, this::concerns);
		List<LiveEvent> early = early(log, lacking);
		List<Sent> all = new ArrayList<>(early.size() + lacking.size());
		early.forEach((event) -> all.add(new Sent(event, this.since)));
		all.addAll(lacking);
		return all;
	}

	/**
	 * Lists the activities of new authors that arrived before their follows, although
	 * they were published after them: topics are not read in the order of each other. One
	 * scan of the log serves all follows, since this is work of the thread of all
	 * streams.
	 */
	private List<LiveEvent> early(LiveLog log, List<Sent> lacking) {
		Map<String, LiveEvent.Followed> follows = log.listAfter(this.since, this::isOwnFollow)
			.stream()
			.map((follow) -> (LiveEvent.Followed) follow.event())
			.collect(Collectors.toMap(LiveEvent.Followed::followee, Function.identity(), Resumption::earlier));
		if (follows.isEmpty()) {
			return List.of();
		}
		Set<LiveEvent> known = lacking.stream().map(Sent::event).collect(Collectors.toSet());
		return log.list((event) -> event instanceof LiveEvent.Published published && isSince(published, follows)
				&& isShown(published, this.authors::contains) && !known.contains(event));
	}

	private static LiveEvent.Followed earlier(LiveEvent.Followed one, LiveEvent.Followed other) {
		return other.at().isBefore(one.at()) ? other : one;
	}

	private boolean concerns(LiveEvent event) {
		return (event instanceof LiveEvent.Published published && this.authors.contains(published.author())
				&& isShown(published, this.authors::contains))
				|| (event instanceof LiveEvent.Followed followed && followed.followee().equals(this.member))
				|| (event instanceof LiveEvent.JobEnded job && job.owner().equals(this.member));
	}

	/**
	 * Whether a home feed shows an activity of one of its authors.
	 * @param isAuthor whether the feed has the activities of a member
	 */
	static boolean isShown(LiveEvent.Published activity, Predicate<String> isAuthor) {
		@Nullable String friend = activity.friend();
		return friend == null || VisibleActivities.isShown(activity.author(), friend, isAuthor);
	}

	private boolean isOwnFollow(LiveEvent event) {
		return event instanceof LiveEvent.Followed followed && followed.follower().equals(this.member)
				&& this.authors.contains(followed.followee());
	}

	private static boolean isSince(LiveEvent.Published published, Map<String, LiveEvent.Followed> follows) {
		LiveEvent.@Nullable Followed follow = follows.get(published.author());
		return follow != null && follow.isFollowedBy(published);
	}

}
