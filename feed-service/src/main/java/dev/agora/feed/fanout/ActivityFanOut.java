package dev.agora.feed.fanout;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.audience.PulledAuthors;

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
	 * Finds the followers of an author. If they are too many for a small fan-out, it
	 * finds one more than such a fan-out may have.
	 */
	Mono<List<String>> audienceOf(String author) {
		return this.follows.someFollowersOf(author, this.settings.maxUndivided() + 1).collectList();
	}

	/**
	 * Pushes an activity to its author and to a small audience, or requests its fan-out
	 * to a large one. A repetition changes nothing.
	 * @param id the activity's id
	 * @param followers the followers that {@link #audienceOf} has found
	 * @param at the time of the activity
	 */
	Mono<Void> start(String id, String author, List<String> followers, Instant at) {
		return this.pulled.recent()
			.flatMap((recentlyPulled) -> isLarge(author, followers, recentlyPulled)
					? this.fanOut.push(id, List.of(author)).then(this.large.request(id, author, at))
					: complete(id, Stream.concat(Stream.of(author), followers.stream()).toList(), at));
	}

	/**
	 * A pulled author whose followers have become few is pushed again by a large fan-out.
	 */
	private boolean isLarge(String author, List<String> followers, Set<String> recentlyPulled) {
		return followers.size() > this.settings.maxUndivided() || recentlyPulled.contains(author);
	}

	private Mono<Void> complete(String id, List<String> members, Instant at) {
		return this.fanOut.push(id, members).then(Mono.fromRunnable(() -> this.fanOut.complete(at)));
	}

}
