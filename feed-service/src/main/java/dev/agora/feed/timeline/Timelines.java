package dev.agora.feed.timeline;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.audience.FeedAuthors;
import dev.agora.feed.rendered.RenderedActivity;
import dev.agora.feed.rendered.ShownActivity;
import dev.agora.feed.timeline.VisibleActivities.AuthorSelection;
import dev.agora.feed.timeline.VisibleActivities.Viewer;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * Reads home feeds: the activities of a member and of the members whom they follow now,
 * without deleted ones and without those that blocks hide, newest first. A page comes
 * from the timeline down to its watermark, and from the store below it or if there is no
 * timeline. The activities of pulled authors come from the store, except for the reader
 * who builds the timeline and has just read them.
 */
public final class Timelines {

	private static final Comparator<RenderedActivity> NEWEST_FIRST = Comparator.comparing(RenderedActivity::id)
		.reversed();

	private final TimelineCache cache;

	private final FeedAuthors authors;

	private final VisibleActivities activities;

	private final ActivityCache activityCache;

	private final TimelineSettings settings;

	public Timelines(TimelineCache cache, FeedAuthors authors, VisibleActivities activities,
			ActivityCache activityCache, TimelineSettings settings) {
		this.cache = cache;
		this.authors = authors;
		this.activities = activities;
		this.activityCache = activityCache;
		this.settings = settings;
	}

	/** Reads a page of a member's home feed, and builds the timeline if it is missing. */
	public Mono<Page<RenderedActivity>> page(String owner, PageRequest request) {
		return read(owner, request).as((items) -> toPage(items, request));
	}

	/** Reads a page of a member's home feed from the store alone. */
	public Mono<Page<RenderedActivity>> pageFromStore(String owner, PageRequest request) {
		return fromStore(Viewer.of(owner, Consistency.STRONG), owner, request).as((items) -> toPage(items, request));
	}

	/**
	 * Finds the activities that only one of a member's timeline and the store has on the
	 * first page; empty without a timeline.
	 */
	public Mono<Set<String>> differences(String owner, int limit) {
		PageRequest first = new PageRequest(limit, null);
		Viewer viewer = Viewer.of(owner, Consistency.STRONG);
		return this.cache.peek(owner, limit + 1)
			.flatMap((timeline) -> toPage(fromTimeline(viewer, owner, timeline, first), first))
			.zipWith(pageFromStore(owner, first), Timelines::differences);
	}

	private static Set<String> differences(Page<RenderedActivity> first, Page<RenderedActivity> second) {
		Set<String> differences = new HashSet<>(idsOf(first.items()));
		for (String id : idsOf(second.items())) {
			if (!differences.remove(id)) {
				differences.add(id);
			}
		}
		return differences;
	}

	/**
	 * Builds a timeline from the store. The caller must have put a claim into Redis
	 * before, so that later activities are pushed to the same list. The history is read
	 * last: an activity that was not pushed since its author was pulled is in it, also if
	 * the author is no longer pulled by then.
	 */
	Mono<Timeline> build(String owner) {
		return this.authors.of(owner)
			.flatMap((authors) -> this.authors.pulledAmong(authors, owner).flatMap((pulled) -> build(authors, pulled)));
	}

	/** Reads ids alone: the page needs few of the activities, and the cache has most. */
	private Mono<Timeline> build(Set<String> authors, Set<String> pulled) {
		int limit = this.settings.history();
		return this.activities.findNewestIds(authors, limit)
			.collectList()
			.map((history) -> Timeline.ofHistory(history, limit, authors, pulled));
	}

	private Flux<RenderedActivity> read(String owner, PageRequest request) {
		return this.cache.openOrClaim(owner, request.cursor(), request.limit() + 1)
			.flatMapMany((lookup) -> read(owner, request, lookup));
	}

	private Flux<RenderedActivity> read(String owner, PageRequest request, TimelineLookup lookup) {
		Viewer viewer = Viewer.of(owner, Consistency.SESSION);
		if (lookup instanceof TimelineLookup.Found found) {
			return fromTimeline(viewer, owner, found.timeline(), request);
		}
		if (lookup instanceof TimelineLookup.BuildClaimed claimed) {
			return build(owner).flatMap((built) -> this.cache.complete(owner, claimed.token(), built).thenReturn(built))
				.map((built) -> built.withoutPulled().range(request.cursor(), request.limit() + 1))
				.flatMapMany((range) -> fromTimeline(viewer, owner, range, request));
		}
		return fromStore(viewer, owner, request);
	}

	/** Reads on where activities are left out, so a page does not end there. */
	private Flux<RenderedActivity> fromTimeline(Viewer viewer, String owner, Timeline range, PageRequest request) {
		Flux<RenderedActivity> pushed = find(viewer, range).flatMapIterable(Function.identity());
		return (range.pulled().isEmpty() ? pushed : withPulled(pushed, viewer, range, request))
			.concatWith(Flux.defer(() -> range.isLast() ? fromStoreBelow(viewer, range, request)
					: read(owner, new PageRequest(request.limit(), range.lowestId()))));
	}

	/**
	 * Merges the activities of pulled authors into those of a range. An activity that was
	 * pushed before its author was pulled is in both.
	 */
	private Flux<RenderedActivity> withPulled(Flux<RenderedActivity> pushed, Viewer viewer, Timeline range,
			PageRequest request) {
		AuthorSelection selection = new AuthorSelection(range.pulled(), range.authors());
		Flux<RenderedActivity> pulled = this.activities.find(selection, request.cursor(), request.limit() + 1, viewer)
			.takeWhile((activity) -> activity.id().compareTo(range.lowestId()) >= 0);
		return Flux.mergeComparing(1, NEWEST_FIRST, pushed, pulled).distinctUntilChanged(RenderedActivity::id);
	}

	/**
	 * Skips activities of other authors than those for whom the timeline was built: a
	 * fan-out that read the followers just before an unfollow pushes such an activity,
	 * and so does one between a block and the ends of its follows.
	 */
	private Mono<List<RenderedActivity>> find(Viewer viewer, Timeline timeline) {
		return this.activityCache.findAll(timeline.ids())
			.map((found) -> found.stream().filter((activity) -> timeline.isBuiltFor(activity.authorId())).toList())
			.flatMap((found) -> this.activities.filter(found, timeline.authors(), viewer));
	}

	private Flux<RenderedActivity> fromStoreBelow(Viewer viewer, Timeline timeline, PageRequest request) {
		return timeline.isComplete() ? Flux.empty() : this.activities.find(AuthorSelection.all(timeline.authors()),
				timeline.storeCursor(request.cursor()), request.limit() + 1, viewer);
	}

	private Flux<RenderedActivity> fromStore(Viewer viewer, String owner, PageRequest request) {
		return this.authors.of(owner)
			.map(AuthorSelection::all)
			.flatMapMany((authors) -> this.activities.find(authors, request.cursor(), request.limit() + 1, viewer));
	}

	private static List<String> idsOf(List<? extends ShownActivity> activities) {
		return activities.stream().map(ShownActivity::id).toList();
	}

	private static Mono<Page<RenderedActivity>> toPage(Flux<RenderedActivity> items, PageRequest request) {
		return items.take(request.limit() + 1L)
			.collectList()
			.map((activities) -> Page.cut(activities, request, RenderedActivity::id));
	}

}
