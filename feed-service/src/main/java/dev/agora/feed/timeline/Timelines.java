package dev.agora.feed.timeline;

import java.util.List;
import java.util.Set;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * Home feeds as they are read: what the member and those they follow now have done and
 * not deleted, newest first. From the list as far down as it is complete, below that and
 * where there is no list from the store.
 */
public final class Timelines {

	private final TimelineCache cache;

	private final FollowProjection follows;

	private final Activities activities;

	private final ActivityCache activityCache;

	private final TimelineSettings settings;

	public Timelines(TimelineCache cache, FollowProjection follows, Activities activities, ActivityCache activityCache,
			TimelineSettings settings) {
		this.cache = cache;
		this.follows = follows;
		this.activities = activities;
		this.activityCache = activityCache;
		this.settings = settings;
	}

	/** A page of a member's home feed; makes the list that later pages come from. */
	public Mono<Page<ActivityView>> page(String owner, PageRequest request) {
		return this.cache.open(owner)
			.flatMapMany((opened) -> read(owner, request, opened))
			.as((items) -> cut(items, request));
	}

	/** A page of a member's home feed from the source of truth alone. */
	public Mono<Page<ActivityView>> pageFromStore(String owner, PageRequest request) {
		return fromStore(owner, request).as((items) -> cut(items, request));
	}

	/**
	 * Reads what a list is to be made of. Only for who has put a claim into Redis before:
	 * what happens from then on is pushed.
	 */
	Mono<Made> make(String owner) {
		int limit = this.settings.history();
		return requestAuthors(owner).flatMap((authors) -> this.activities.by(authors, null, limit)
			.collectList()
			.map((history) -> new Made(Timeline.made(idsOf(history), limit, authors), history)));
	}

	private Flux<ActivityView> read(String owner, PageRequest request, TimelineLookup opened) {
		if (opened instanceof TimelineLookup.Ready ready) {
			return fromList(ready.timeline(), request);
		}
		if (opened instanceof TimelineLookup.Claimed claimed) {
			return make(owner)
				.flatMap((made) -> this.cache.complete(owner, claimed.token(), made.timeline()).thenReturn(made))
				.flatMapMany((made) -> fromMade(made, request));
		}
		return fromStore(owner, request);
	}

	/**
	 * An activity of an author whom the list is not made for was pushed by a fan-out that
	 * had asked for the followers just before its owner left them.
	 */
	private Flux<ActivityView> fromList(Timeline timeline, PageRequest request) {
		return Flux.fromIterable(timeline.after(request.cursor()))
			.buffer(request.limit() + 1)
			.concatMap(this.activityCache::findAll, 1)
			.filter((activity) -> timeline.isBy(activity.author().id()))
			.concatWith(below(timeline, request));
	}

	private Flux<ActivityView> fromMade(Made made, PageRequest request) {
		return Flux.fromIterable(made.history())
			.filter((activity) -> request.cursor() == null || activity.id().compareTo(request.cursor()) < 0)
			.concatWith(below(made.timeline(), request));
	}

	private Flux<ActivityView> below(Timeline timeline, PageRequest request) {
		return timeline.isWhole() ? Flux.empty()
				: this.activities.by(timeline.authors(), timeline.end(request.cursor()), request.limit() + 1);
	}

	private Flux<ActivityView> fromStore(String owner, PageRequest request) {
		return requestAuthors(owner)
			.flatMapMany((authors) -> this.activities.by(authors, request.cursor(), request.limit() + 1));
	}

	private Mono<Set<String>> requestAuthors(String owner) {
		return this.follows.followedBy(owner).map((followees) -> {
			followees.add(owner);
			return followees;
		});
	}

	private static List<String> idsOf(List<ActivityView> activities) {
		return activities.stream().map(ActivityView::id).toList();
	}

	private static Mono<Page<ActivityView>> cut(Flux<ActivityView> items, PageRequest request) {
		return items.take(request.limit() + 1L).collectList().map((read) -> Page.cut(read, request, ActivityView::id));
	}

	/**
	 * A list to be put into Redis, and the activities that it is made of.
	 *
	 * @param timeline the list
	 * @param history its activities, newest first
	 */
	record Made(Timeline timeline, List<ActivityView> history) {
	}

}
