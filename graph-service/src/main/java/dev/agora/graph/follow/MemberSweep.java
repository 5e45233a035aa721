package dev.agora.graph.follow;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.mongo.Lease;

/**
 * Brings the ties of members who have very many in line with the projection, page by page
 * and in one instance at a time. Members take turns, so that none of them keeps the
 * others waiting, and a member whose ties cannot be written stops no other.
 */
public final class MemberSweep implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(MemberSweep.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/** The lease outlasts a slow turn, so that it mostly stays with one instance. */
	private static final Duration LEASE = Duration.ofSeconds(30);

	private final PendingMembers pending;

	private final MemberTies ties;

	private final MemberProjection members;

	private final Lease lease;

	private volatile Disposable sweeps = () -> {
	};

	public MemberSweep(PendingMembers pending, MemberTies ties, MemberProjection members) {
		this.pending = pending;
		this.ties = ties;
		this.members = members;
		this.lease = pending.lease();
	}

	/** Starts once the indexes are built. */
	@EventListener(ApplicationReadyEvent.class)
	public void start() {
		this.sweeps = Flux.interval(INTERVAL)
			.onBackpressureDrop()
			.concatMap((tick) -> sweep().doOnError(MemberSweep::report).onErrorComplete(), 1)
			.subscribe();
	}

	/** Gives turns until nobody waits, if this instance holds the lease. */
	Mono<Void> sweep() {
		return Mono.defer(this::giveTurn).repeat().takeWhile(Boolean::booleanValue).then();
	}

	/** Returns whether a member had a turn. */
	private Mono<Boolean> giveTurn() {
		return this.lease.tryAcquire(LEASE)
			.filter(Boolean::booleanValue)
			.flatMap((held) -> this.pending.findNext())
			.flatMap((member) -> turn(member).thenReturn(true))
			.defaultIfEmpty(false);
	}

	/**
	 * Uses the newest state of the member, which may be newer than the one waited for.
	 */
	Mono<Void> turn(PendingMember waiting) {
		Mono<Void> turn = this.members.findForEvent(waiting.id())
			.single()
			.flatMap((member) -> this.ties.reconcileNext(waiting, member));
		return turn.doOnError(MemberSweep::report).onErrorResume((failure) -> this.pending.postpone(waiting));
	}

	private static void report(Throwable failure) {
		throttle.log("ties", (more) -> log.warn("Ties of a member cannot be updated now ({} more since): {}", more,
				failure.toString()));
	}

	@Override
	public void close() {
		this.sweeps.dispose();
	}

}
