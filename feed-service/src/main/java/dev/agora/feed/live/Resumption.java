package dev.agora.feed.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
	 * Lists the activities of a new author that arrived before the follow, although they
	 * were published after it: topics are not read in the order of each other.
	 * @param isAuthor whether the member's home feed has the activities of a member
	 */
	static List<LiveEvent> publishedSince(LiveEvent.Followed follow, LiveLog log, Predicate<String> isAuthor) {
		return log.list((event) -> event instanceof LiveEvent.Published published && isSince(published, follow)
				&& isShown(published, isAuthor));
	}

	private List<LiveEvent> early(LiveLog log, List<Sent> lacking) {
		Set<LiveEvent> known = lacking.stream().map(Sent::event).collect(Collectors.toSet());
		return log.listAfter(this.since, this::isOwnFollow)
			.stream()
			.flatMap((follow) -> publishedSince((LiveEvent.Followed) follow.event(), log, this.authors::contains)
				.stream())
			.filter((event) -> !known.contains(event))
			.toList();
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

	private static boolean isSince(LiveEvent.Published published, LiveEvent.Followed follow) {
		return published.author().equals(follow.followee()) && !published.at().isBefore(follow.at());
	}

}
