package dev.agora.graph.suggestion;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;

import dev.agora.graph.suggestion.store.StoredSuggestions;
import dev.agora.graph.suggestion.store.SuggestionList;
import dev.agora.graph.suggestion.store.SuggestionLists;
import dev.agora.platform.cache.SingleFlight;
import dev.agora.platform.problem.Unavailable;

/**
 * Finds the list of suggestions for a member: the stored one, or one that is computed now
 * within a bound. Concurrent requests of one member share a computation.
 */
public final class SuggestionReader {

	/** A list is computed again at most so often because its member's ties changed. */
	private static final Duration MIN_AGE = Duration.ofMinutes(1);

	/** A stored list that no job has refreshed is used up to this multiple of its age. */
	private static final int MAX_AGES = 24;

	/** A list with fewer items is computed again as soon as its member's ties change. */
	private static final int FEW = 20;

	private static final Duration TOUCH_INTERVAL = Duration.ofHours(1);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final SuggestionLists lists;

	private final SuggestionComputation computation;

	private final SuggestionSettings settings;

	private final Clock clock;

	private final SingleFlight<SuggestionList> computations = new SingleFlight<>();

	private final AtomicInteger running = new AtomicInteger();

	public SuggestionReader(SuggestionLists lists, SuggestionComputation computation, SuggestionSettings settings,
			Clock clock) {
		this.lists = lists;
		this.computation = computation;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Finds the suggestions for a member.
	 * @throws Unavailable if it takes too long, or too many are computed at the moment
	 */
	Mono<SuggestionList> find(String member) {
		return Mono.zip(this.lists.find(member).singleOptional(), this.computation.graphVersion(member))
			.flatMap((found) -> Mono.justOrEmpty(found.getT1())
				.filter((stored) -> isUsable(stored.list(), found.getT2()))
				.flatMap((stored) -> touch(member, stored).thenReturn(stored.list())))
			.switchIfEmpty(Mono.defer(() -> this.computations.join(member, () -> compute(member))));
	}

	private boolean isUsable(SuggestionList list, long graphVersion) {
		Duration age = Duration.between(list.computedAt(), this.clock.instant());
		// The job computes an incomplete list again, with a larger bound than a request.
		if (list.isComplete() && list.graphVersion() != graphVersion
				&& (list.items().size() < FEW || age.compareTo(MIN_AGE) > 0)) {
			return false;
		}
		return age.compareTo(this.settings.refresh().age().multipliedBy(MAX_AGES)) < 0;
	}

	private Mono<Void> touch(String member, StoredSuggestions stored) {
		Instant now = this.clock.instant();
		if (stored.isActive() && stored.readAt().plus(TOUCH_INTERVAL).isAfter(now)) {
			return Mono.empty();
		}
		return this.lists.touch(member, now).then(Mono.defer(() -> this.lists.activate(member, now)));
	}

	private Mono<SuggestionList> compute(String member) {
		if (this.running.incrementAndGet() > this.settings.request().concurrency()) {
			this.running.decrementAndGet();
			return Mono.error(new Unavailable("Too many suggestions are being computed.", RETRY_AFTER));
		}
		return this.computation.compute(member, this.settings.request().maxIds())
			.flatMap((list) -> this.lists.put(member, list, dueAt(list)).thenReturn(list))
			.timeout(this.settings.request().timeout())
			.onErrorMap(TimeoutException.class,
					(late) -> new Unavailable("The suggestions could not be computed in time.", RETRY_AFTER))
			.doFinally((end) -> this.running.decrementAndGet());
	}

	/** The job has a larger bound, so that it computes an incomplete list at once. */
	private Instant dueAt(SuggestionList list) {
		return list.isComplete() ? list.computedAt().plus(this.settings.refresh().age()) : list.computedAt();
	}

}
