package dev.agora.feed.live;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import reactor.core.publisher.Mono;

import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.audience.FeedAuthors;
import dev.agora.feed.live.item.LiveItem;
import dev.agora.feed.live.item.LiveViews;
import dev.agora.feed.live.log.Position;
import dev.agora.feed.timeline.VisibleActivities;
import dev.agora.feed.timeline.VisibleActivities.Viewer;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.Unauthenticated;
import dev.agora.platform.web.Consistency;

/** Reads from the store what streams need of home feeds. */
public final class LiveFeeds {

	private final MemberProjection members;

	private final FeedAuthors authors;

	private final VisibleActivities activities;

	private final LiveViews views;

	private final LiveSettings settings;

	public LiveFeeds(MemberProjection members, FeedAuthors authors, VisibleActivities activities, LiveViews views,
			LiveSettings settings) {
		this.members = members;
		this.authors = authors;
		this.activities = activities;
		this.views = views;
		this.settings = settings;
	}

	/**
	 * Finds the authors of the caller's home feed.
	 * @throws Unauthenticated if the account was deleted
	 */
	Mono<Set<String>> authorsOf(Caller caller) {
		return this.members.requireAccount(caller).flatMap((account) -> this.authors.of(account.id()));
	}

	/**
	 * Lists the newest activities that a client may lack, in the order of their ids.
	 * Those of the time right before its disconnection are listed again: an activity is
	 * published after it got its id.
	 */
	Mono<StoredItems> listSince(Position position, String member, Set<String> authors) {
		Instant from = position.at().minus(this.settings.overlap());
		return this.activities.findNewest(authors, this.settings.resume())
			.takeWhile((activity) -> !IdGenerator.createdAt(activity.id()).isBefore(from))
			.collectList()
			.flatMap((read) -> this.activities.filter(read, authors, Viewer.of(member, Consistency.SESSION))
				.map((shown) -> new StoredItems(toItems(shown), read.size() < this.settings.resume())));
	}

	private List<LiveItem> toItems(List<ActivityView> newestFirst) {
		return newestFirst.stream().sorted(Comparator.comparing(ActivityView::id)).map(this.views::toItem).toList();
	}

	/**
	 * The activities that a client receives from the store before it continues with the
	 * log.
	 *
	 * @param items the activities, in the order of their ids
	 * @param complete whether these are all that it may lack
	 */
	record StoredItems(List<LiveItem> items, boolean complete) {

		/** The log has everything. */
		static final StoredItems NONE = new StoredItems(List.of(), true);

	}

}
