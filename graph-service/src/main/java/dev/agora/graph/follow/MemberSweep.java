package dev.agora.graph.follow;

import java.time.Duration;

import reactor.core.publisher.Mono;

import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.schedule.LeasedSchedule;
import dev.agora.platform.schedule.LeasedSchedules;

/**
 * Brings the ties of members who have very many in line with the projection, page by page
 * and in one instance at a time. Members take turns, so that none of them keeps the
 * others waiting, and a member whose ties cannot be written stops no other.
 */
public final class MemberSweep {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/** Bounds a sweep, so that the lease is extended. */
	private static final int MAX_TURNS = 50;

	private final PendingMembers pending;

	private final MemberTies ties;

	private final MemberProjection members;

	private final LeasedSchedule schedule;

	public MemberSweep(PendingMembers pending, MemberTies ties, MemberProjection members, LeasedSchedules schedules) {
		this.pending = pending;
		this.ties = ties;
		this.members = members;
		this.schedule = schedules.create("pending-members", INTERVAL).repeat(Mono.defer(this::sweep));
	}

	/** Gives turns until nobody waits, or until the next sweep. */
	Mono<Void> sweep() {
		return Mono.defer(this::giveTurn).repeat(MAX_TURNS).takeWhile(Boolean::booleanValue).then();
	}

	/** Returns whether a member had a turn. */
	private Mono<Boolean> giveTurn() {
		return this.pending.findNext().flatMap((member) -> turn(member).thenReturn(true)).defaultIfEmpty(false);
	}

	/**
	 * Uses the newest state of the member, which may be newer than the one waited for.
	 */
	Mono<Void> turn(PendingMember waiting) {
		Mono<Void> turn = this.members.findForEvent(waiting.id())
			.single()
			.flatMap((member) -> this.ties.reconcileNext(waiting, member));
		return turn.onErrorResume((failure) -> this.schedule.<Void>report(waiting.id(), failure)
			.then(Mono.defer(() -> this.pending.postpone(waiting))));
	}

}
