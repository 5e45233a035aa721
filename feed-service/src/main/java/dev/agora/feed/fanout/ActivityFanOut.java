package dev.agora.feed.fanout;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.audience.PulledAuthors;
import dev.agora.feed.timeline.TimelinePush;

/**
 * Starts the fan-out of an activity. Small ones are complete at once. An author with many
 * followers, or one who was pulled, gets a large fan-out, which workers plan and share:
 * the activities of other authors do not wait for it.
 */
public final class ActivityFanOut {

	private final FanOut fanOut;

	private final LargeFanOuts large;

	private final FollowProjection follows;

	private final PulledAuthors pulled;

	private final FanOutSettings settings;

	public ActivityFanOut(FanOut fanOut, LargeFanOuts large, FollowProjection follows, PulledAuthors pulled,
			FanOutSettings settings) {
		this.fanOut = fanOut;
		this.large = large;
		this.follows = follows;
		this.pulled = pulled;
		this.settings = settings;
	}

	/**
	 * Finds the followers of authors, by author. If an author has too many for a small
	 * fan-out, it finds one more than such a fan-out may have.
	 */
	Mono<Map<String, List<String>>> audiencesOf(Set<String> authors) {
		return this.follows.someFollowersOf(authors, this.settings.maxUndivided() + 1);
	}

	/**
	 * Pushes activities to their authors and to small audiences, and requests their
	 * fan-outs to large ones. A repetition changes nothing.
	 * @param audiences the followers that {@link #audiencesOf} has found
	 */
	Mono<Void> start(List<NewActivity> activities, Map<String, List<String>> audiences) {
		return this.pulled.recent()
			.map((recentlyPulled) -> activities.stream()
				.collect(Collectors
					.partitioningBy((activity) -> isLarge(activity.author(), of(activity, audiences), recentlyPulled))))
			.flatMap((byLarge) -> complete(byLarge.getOrDefault(false, List.of()), audiences)
				.then(requestLarge(byLarge.getOrDefault(true, List.of()))));
	}

	private static List<String> of(NewActivity activity, Map<String, List<String>> audiences) {
		return audiences.getOrDefault(activity.author(), List.of());
	}

	/**
	 * A pulled author whose followers have become few is pushed again by a large fan-out.
	 */
	private boolean isLarge(String author, List<String> followers, Set<String> recentlyPulled) {
		return followers.size() > this.settings.maxUndivided() || recentlyPulled.contains(author);
	}

	private Mono<Void> complete(List<NewActivity> small, Map<String, List<String>> audiences) {
		List<TimelinePush> pushes = small.stream()
			.map((activity) -> new TimelinePush(withAuthor(activity.author(), of(activity, audiences)), activity.id()))
			.toList();
		return this.fanOut.push(pushes)
			.then(Mono.fromRunnable(() -> small.forEach((activity) -> this.fanOut.complete(activity.at()))));
	}

	private Mono<Void> requestLarge(List<NewActivity> large) {
		return Flux.fromIterable(large)
			.flatMap(
					(activity) -> this.fanOut.push(List.of(new TimelinePush(List.of(activity.author()), activity.id())))
						.then(Mono.defer(() -> this.large.request(activity.id(), activity.author(), activity.at()))))
			.then();
	}

	private static List<String> withAuthor(String author, List<String> followers) {
		return Stream.concat(Stream.of(author), followers.stream()).toList();
	}

}
