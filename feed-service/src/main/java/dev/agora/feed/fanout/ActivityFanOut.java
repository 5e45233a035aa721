package dev.agora.feed.fanout;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.audience.PulledAuthors;
import dev.agora.feed.timeline.TimelinePush;
import dev.agora.platform.kafka.tracing.ConsumerSpans;

/**
 * Starts the fan-out of an activity. Small ones are complete at once. An author with many
 * followers, or one who was pulled, gets a large fan-out, which workers plan and share:
 * the activities of other authors do not wait for it.
 */
public final class ActivityFanOut {

	private static final int MAX_CONCURRENT_REQUESTS = 32;

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
	 * Finds the followers of authors. If an author has too many for a small fan-out, it
	 * finds one more than such a fan-out may have. The followers of pulled authors are
	 * not read, since their fan-outs are large.
	 */
	Mono<Audiences> audiencesOf(Set<String> authors) {
		return this.pulled.recent()
			.flatMap(
					(pulled) -> this.follows.someFollowersOf(without(pulled, authors), this.settings.maxUndivided() + 1)
						.map((followers) -> new Audiences(followers, pulled)));
	}

	private static Set<String> without(Set<String> pulled, Set<String> authors) {
		return authors.stream().filter((author) -> !pulled.contains(author)).collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Pushes activities to their authors and to small audiences, and requests their
	 * fan-outs to large ones. A repetition changes nothing. The small fan-outs are
	 * recorded as complete at the end, so that a batch that fails records none of them.
	 * @param audiences the audiences that {@link #audiencesOf} has found
	 */
	Mono<Void> start(List<NewActivity> activities, Audiences audiences) {
		Predicate<NewActivity> isLarge = (activity) -> isLarge(activity.author(), audiences);
		List<NewActivity> small = activities.stream().filter(isLarge.negate()).toList();
		return pushAll(small, audiences).then(requestLarge(activities.stream().filter(isLarge).toList()))
			.then(Mono.fromRunnable(() -> small.forEach((activity) -> this.fanOut.complete(activity.at()))));
	}

	/**
	 * A pulled author whose followers have become few is pushed again by a large fan-out.
	 */
	private boolean isLarge(String author, Audiences audiences) {
		return audiences.isPulled(author) || audiences.followersOf(author).size() > this.settings.maxUndivided();
	}

	private Mono<Void> pushAll(List<NewActivity> small, Audiences audiences) {
		List<TimelinePush> pushes = small.stream()
			.map((activity) -> new TimelinePush(withAuthor(activity.author(), audiences), activity.id()))
			.toList();
		return this.fanOut.push(pushes);
	}

	private static List<String> withAuthor(String author, Audiences audiences) {
		return Stream.concat(Stream.of(author), audiences.followersOf(author).stream()).toList();
	}

	private Mono<Void> requestLarge(List<NewActivity> large) {
		List<TimelinePush> own = large.stream()
			.map((activity) -> new TimelinePush(List.of(activity.author()), activity.id()))
			.toList();
		return this.fanOut.push(own)
			.thenMany(Flux.fromIterable(large).flatMap(this::request, MAX_CONCURRENT_REQUESTS))
			.then();
	}

	private Mono<Void> request(NewActivity activity) {
		return ConsumerSpans.continueTrace(activity.trace(),
				this.large.request(activity.id(), activity.author(), activity.at()));
	}

}
