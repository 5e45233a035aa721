package dev.agora.graph.count;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.tie.Tie;
import dev.agora.platform.schedule.LeasedSchedule;
import dev.agora.platform.schedule.LeasedSchedules;

/**
 * Recounts the members in the order of their ids, a few at a time and in one instance at
 * a time, and begins again after the last one. It also counts the ties whose writer died,
 * if their events do not arrive.
 */
public final class RecountSweep {

	private static final String NAME = "recount";

	private static final int MAX_WAITING = 200;

	private final Recount recount;

	private final MemberGraphs graphs;

	private final int members;

	private final SweepPositions positions;

	private final LeasedSchedule schedule;

	/** The ties that waited to be counted at the last part. */
	private volatile Set<Tie> waiting = Set.of();

	public RecountSweep(Recount recount, MemberGraphs graphs, RecountSettings settings, SweepPositions positions,
			LeasedSchedules schedules) {
		this.recount = recount;
		this.graphs = graphs;
		this.members = settings.members();
		this.positions = positions;
		this.schedule = schedules.create("graph-recounts", settings.interval()).repeat(Mono.defer(this::sweep));
	}

	/** Counts the ties that wait, and recounts the next members. */
	Mono<Void> sweep() {
		return countWaiting().onErrorResume((failure) -> this.schedule.report("the ties that wait", failure))
			.then(Mono.defer(this::recountNext));
	}

	/** Counts the ties that already waited in the same state at the last part. */
	private Mono<Void> countWaiting() {
		return this.recount.findWaiting(MAX_WAITING).collectList().flatMap((found) -> {
			List<Tie> stalled = found.stream().filter(this.waiting::contains).toList();
			this.waiting = found.stream().collect(Collectors.toSet());
			return this.recount.count(stalled).onErrorResume((failure) -> countEach(stalled));
		});
	}

	/** Counts one tie after another, so that none keeps the others from being counted. */
	private Mono<Void> countEach(List<Tie> stalled) {
		return Flux.fromIterable(stalled).concatMap((tie) -> count(tie)).then();
	}

	private Mono<Void> recountNext() {
		return this.positions.find(NAME)
			.flatMap((position) -> this.graphs.owners(position, this.members).collectList())
			.flatMap((owners) -> Flux.fromIterable(owners)
				.concatMap((owner) -> recount(owner))
				.then(Mono.defer(() -> this.positions.save(NAME, next(owners)))));
	}

	private Mono<Void> count(Tie tie) {
		return this.recount.count(List.of(tie))
			.onErrorResume((failure) -> this.schedule.report(Tie.id(tie.owner(), tie.other()), failure));
	}

	private Mono<Void> recount(String owner) {
		return this.recount.runTwice(owner).onErrorResume((failure) -> this.schedule.report(owner, failure));
	}

	/** The position after some members: the beginning, if they are the last ones. */
	private String next(List<String> owners) {
		return (owners.size() < this.members) ? SweepPositions.BEGINNING : owners.get(owners.size() - 1);
	}

}
