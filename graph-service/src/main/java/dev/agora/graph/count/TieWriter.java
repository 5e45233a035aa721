package dev.agora.graph.count;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.beans.factory.ObjectProvider;

import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieChange;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.problem.Unavailable;

/**
 * Writes the states of edges to ties and counts them. Every step can be repeated, by this
 * or another process, after a crash at any point: a tie that is written but not counted,
 * or counted but not marked as counted, is continued where it stands.
 */
public final class TieWriter {

	private static final Duration FIRST_BACKOFF = Duration.ofMillis(2);

	private static final Duration MAX_BACKOFF = Duration.ofMillis(100);

	private static final int ATTEMPTS = 200;

	/** Bounds the owners whose ties one call writes at the same time. */
	private static final int MAX_LANES = 16;

	private final Ties ties;

	private final MemberGraphs graphs;

	private final ObjectProvider<GraphObserver> observers;

	private final OwnerLanes lanes = new OwnerLanes(
			(changes) -> Mono.defer(() -> attempt(changes)).retryWhen(backoff()));

	public TieWriter(Ties ties, MemberGraphs graphs, ObjectProvider<GraphObserver> observers) {
		this.ties = ties;
		this.graphs = graphs;
		this.observers = observers;
	}

	/**
	 * Applies changes. When it completes, every tie has the states of the changes or
	 * later ones, and is counted. The ties of an owner who has concurrent changes are
	 * written with these, those of all other owners together.
	 */
	public Mono<Void> apply(List<TieChange> changes) {
		if (changes.isEmpty()) {
			return Mono.empty();
		}
		return FailoverRetry.retry(Mono.defer(() -> applyByOwner(changes)));
	}

	private Mono<Void> applyByOwner(List<TieChange> changes) {
		Set<String> busy = changes.stream()
			.map(TieChange::owner)
			.filter(this.lanes::isBusy)
			.collect(Collectors.toSet());
		return Mono.when(applyTogether(select(changes, (owner) -> !busy.contains(owner))),
				applyInLanes(select(changes, busy::contains)));
	}

	private static List<TieChange> select(List<TieChange> changes, Predicate<String> owners) {
		return changes.stream().filter((change) -> owners.test(change.owner())).toList();
	}

	private Mono<Void> applyTogether(List<TieChange> changes) {
		return changes.isEmpty() ? Mono.empty()
				: attempt(changes).onErrorResume(RaceLost.class, (lost) -> applyInLanes(changes));
	}

	private Mono<Void> applyInLanes(List<TieChange> changes) {
		Map<String, List<TieChange>> byOwner = changes.stream().collect(Collectors.groupingBy(TieChange::owner));
		return Flux.fromIterable(byOwner.entrySet())
			.flatMap((owned) -> this.lanes.write(owned.getKey(), owned.getValue()), MAX_LANES)
			.then();
	}

	/**
	 * Replaces the sizes of a member's lists.
	 * @return whether they are replaced; false if they have changed since
	 */
	Mono<Boolean> replace(MemberGraph corrected) {
		MemberGraphChange change = new MemberGraphChange(corrected.owner(), corrected.version(), List.of());
		return this.graphs.write(List.of(corrected))
			.flatMap((done) -> done ? publish(List.of(change)).thenReturn(true) : Mono.just(false));
	}

	private Mono<Void> attempt(List<TieChange> changes) {
		return this.graphs.findAll(changes.stream().map(TieChange::owner).collect(Collectors.toSet()))
			.collectMap(MemberGraph::owner)
			.flatMap((graphs) -> readTies(changes).map((ties) -> TiePlan.of(changes, graphs, ties)))
			.flatMap(this::execute);
	}

	private Mono<Map<String, Tie>> readTies(List<TieChange> changes) {
		return this.ties.findAll(changes).collectMap((tie) -> Tie.id(tie.owner(), tie.other()));
	}

	private Mono<Void> execute(TiePlan plan) {
		return step(this.ties.write(plan.ties())).then(step(Mono.defer(() -> this.graphs.write(plan.graphs()))))
			.then(Mono.defer(() -> publish(plan.changes())))
			.then(step(Mono.defer(() -> this.ties.setCounted(plan.counted()))))
			.then(Mono.defer(() -> this.graphs.removeTokens(plan.tokens())));
	}

	private Mono<Void> publish(List<MemberGraphChange> changes) {
		return changes.isEmpty() ? Mono.empty()
				: Flux.fromStream(this.observers.orderedStream())
					.concatMap((observer) -> observer.onChanges(changes))
					.then();
	}

	private static Mono<Void> step(Mono<Boolean> write) {
		return write.flatMap((done) -> done ? Mono.empty() : Mono.error(RaceLost::new));
	}

	private static Retry backoff() {
		return Retry.backoff(ATTEMPTS, FIRST_BACKOFF)
			.maxBackoff(MAX_BACKOFF)
			.filter((failure) -> failure instanceof RaceLost)
			.onRetryExhaustedThrow((spec, signal) -> new Unavailable("Too many changes of this member's graph compete.",
					Duration.ofSeconds(1)));
	}

	/** Another write came first, so the plan is made again. */
	private static final class RaceLost extends RuntimeException {

		private static final long serialVersionUID = 1L;

		RaceLost() {
			super("Another write came first.", null, false, false);
		}

	}

}
