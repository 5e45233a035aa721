package dev.agora.graph.suggestion.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import dev.agora.graph.suggestion.SuggestionComputation;
import dev.agora.graph.suggestion.SuggestionSettings;
import dev.agora.graph.suggestion.store.StoredSuggestions;
import dev.agora.graph.suggestion.store.SuggestionLists;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;

/**
 * Brings the list of one member up to date. Afterwards it is due later or not at all, so
 * that no list keeps the job from the others.
 */
public final class MemberRefresh {

	private static final Logger log = LoggerFactory.getLogger(MemberRefresh.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	/**
	 * How long a list waits whose queries took too long or did not reach their server.
	 */
	private static final Duration RETRY = Duration.ofMinutes(1);

	private final SuggestionLists lists;

	private final MemberProjection members;

	private final SuggestionComputation computation;

	private final SuggestionSettings.Refresh settings;

	private final Clock clock;

	public MemberRefresh(SuggestionLists lists, MemberProjection members, SuggestionComputation computation,
			SuggestionSettings settings, Clock clock) {
		this.lists = lists;
		this.members = members;
		this.computation = computation;
		this.settings = settings.refresh();
		this.clock = clock;
	}

	/**
	 * Refreshes the list of a member. A list that cannot be computed is postponed. If the
	 * database does not even accept that, the failure does not concern this list alone.
	 * @param start the time at which the job started; the list is due later than that,
	 * even if the clock was set back since
	 * @throws NotFound if the member has deleted the account
	 * @throws Unavailable if the database is unavailable
	 */
	Mono<RefreshResult> run(String member, Instant start) {
		return this.lists.find(member)
			.flatMap((stored) -> isActive(stored) ? refresh(member, start)
					: this.lists.deactivate(member).thenReturn(RefreshResult.INACTIVE))
			.onErrorResume((failure) -> !(failure instanceof NotFound), (failure) -> postpone(member, start, failure))
			.defaultIfEmpty(RefreshResult.NONE);
	}

	private boolean isActive(StoredSuggestions stored) {
		return stored.readAt().plus(this.settings.activeFor()).isAfter(this.clock.instant());
	}

	private Mono<RefreshResult> refresh(String member, Instant start) {
		return this.members.require(member)
			.then(Mono.defer(() -> this.computation.compute(member, this.settings.maxIds())))
			.flatMap((list) -> this.lists.refresh(member, list, latest(start).plus(this.settings.age())))
			.thenReturn(RefreshResult.COMPUTED);
	}

	private Mono<RefreshResult> postpone(String member, Instant start, Throwable failure) {
		throttle.log("refresh", (more) -> log.warn("The suggestions for {} cannot be computed ({} more): {}", member,
				more, failure.toString()));
		Duration pause = (failure instanceof Unavailable) ? RETRY : this.settings.age();
		return this.lists.postpone(member, latest(start).plus(pause)).thenReturn(RefreshResult.FAILED);
	}

	private Instant latest(Instant start) {
		Instant now = this.clock.instant();
		return now.isAfter(start) ? now : start;
	}

}
