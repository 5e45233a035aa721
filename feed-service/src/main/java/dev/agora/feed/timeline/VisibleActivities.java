package dev.agora.feed.timeline;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityRenderer;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.audience.BlockFilter;
import dev.agora.feed.rendered.RenderedActivity;
import dev.agora.feed.rendered.ShownActivity;
import dev.agora.platform.web.Consistency;

/**
 * Finds the activities of a list that its viewer sees. A friendship with a member whom
 * blocks hide from the viewer is left out. A list that has both members of a friendship
 * as its authors shows one of their two activities. Lists without friendships cost
 * nothing more.
 */
public final class VisibleActivities {

	private final Activities activities;

	private final BlockFilter blocks;

	private final ActivityRenderer renderer;

	public VisibleActivities(Activities activities, BlockFilter blocks, ActivityRenderer renderer) {
		this.activities = activities;
		this.blocks = blocks;
		this.renderer = renderer;
	}

	/** Finds the newest activities of some authors, also those that nobody sees. */
	public Flux<ActivityView> findNewest(Set<String> authors, int limit) {
		return this.activities.findByAuthors(authors, null, limit);
	}

	/** Finds the ids of the newest activities of some authors, newest first. */
	Flux<String> findNewestIds(Set<String> authors, int limit) {
		return this.activities.newestIdsOf(authors, limit);
	}

	/**
	 * Finds the activities of some authors that a viewer sees, newest first. It reads on
	 * until it has enough, so a list does not end where some are left out.
	 * @param before selects activities with lower ids, or null for all
	 * @param count the required number; there may be more
	 */
	Flux<RenderedActivity> find(AuthorSelection authors, @Nullable String before, int count, Viewer viewer) {
		return this.activities.findByAuthors(authors.selected(), before, count)
			.collectList()
			.flatMapMany((read) -> filter(read, authors.all(), viewer)
				.flatMapMany((seen) -> (seen.size() == count || read.size() < count) ? render(seen) : render(seen)
					.concatWith(Flux.defer(() -> find(authors, read.get(count - 1).id(), count, viewer)))));
	}

	private Flux<RenderedActivity> render(List<ActivityView> activities) {
		return Flux.fromIterable(activities).map(this.renderer::render);
	}

	/**
	 * Selects the activities that a viewer sees.
	 * @param authors the authors of the list; blocks hide none of them from the viewer
	 */
	public <A extends ShownActivity> Mono<List<A>> filter(List<A> read, Set<String> authors, Viewer viewer) {
		if (read.stream().allMatch((activity) -> activity.friendId() == null)) {
			return Mono.just(read);
		}
		List<A> distinct = read.stream().filter((activity) -> isShown(activity, authors)).toList();
		return findHidden(distinct, authors, viewer)
			.map((hidden) -> distinct.stream().filter((activity) -> !isWith(hidden, activity)).toList());
	}

	private static boolean isShown(ShownActivity activity, Set<String> authors) {
		@Nullable String friend = activity.friendId();
		return friend == null || isShown(activity.authorId(), friend, authors::contains);
	}

	/**
	 * Whether a list shows the activity of a friendship: of the two activities, it shows
	 * the one whose author has the lower id.
	 * @param isAuthor whether the list has the activities of a member
	 */
	public static boolean isShown(String author, String friend, Predicate<String> isAuthor) {
		return !isAuthor.test(friend) || author.compareTo(friend) < 0;
	}

	private Mono<Set<String>> findHidden(List<? extends ShownActivity> read, Set<String> authors, Viewer viewer) {
		Set<String> others = read.stream()
			.flatMap((activity) -> Stream.ofNullable(activity.friendId()))
			.filter((friend) -> !authors.contains(friend))
			.collect(Collectors.toSet());
		return Mono.justOrEmpty(viewer.member())
			.filter((member) -> !others.isEmpty())
			.flatMap((member) -> this.blocks.hiddenAmong(member, others, viewer.consistency()))
			.defaultIfEmpty(Set.of());
	}

	private static boolean isWith(Collection<String> members, ShownActivity activity) {
		@Nullable String friend = activity.friendId();
		return friend != null && members.contains(friend);
	}

	/**
	 * Some authors of a list.
	 *
	 * @param selected the authors whose activities are read
	 * @param all all authors of the list
	 */
	record AuthorSelection(Set<String> selected, Set<String> all) {

		static AuthorSelection all(Set<String> authors) {
			return new AuthorSelection(authors, authors);
		}

	}

	/**
	 * The caller who reads a list of activities.
	 *
	 * @param member the id of the member, empty for an anonymous caller
	 * @param consistency the requested consistency
	 */
	public record Viewer(Optional<String> member, Consistency consistency) {

		public static Viewer of(String member, Consistency consistency) {
			return new Viewer(Optional.of(member), consistency);
		}

	}

}
