package dev.agora.graph.card;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Primary;

import dev.agora.graph.follow.MemberTies;
import dev.agora.platform.document.Projected;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Dependents;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.StreamWriter;

/**
 * Announces renamed and deleted members to the {@link CardCache} of each process, before
 * their ties are reconciled.
 */
@Primary
public final class CardAnnouncer implements Dependents<MemberCard> {

	private final StreamWriter changes;

	private final Dependents<MemberCard> ties;

	public CardAnnouncer(RedisGuard redis, MemberTies ties) {
		this.changes = new StreamWriter(redis, CardCache.KEY);
		this.ties = ties;
	}

	/** The projection has the change by now, so whoever reads it then has it too. */
	@Override
	public Flux<String> findOutdated(String memberId, Projected<MemberCard> member) {
		return announce(memberId).thenMany(Flux.defer(() -> this.ties.findOutdated(memberId, member)));
	}

	@Override
	public Mono<Boolean> hasOutdated(String memberId, Projected<MemberCard> member) {
		return this.ties.hasOutdated(memberId, member);
	}

	@Override
	public Mono<Void> reconcile(String id, String memberId, Projected<MemberCard> member) {
		return this.ties.reconcile(id, memberId, member);
	}

	/** Cards expire soon, so an unavailable Redis does not stop the reconciliation. */
	private Mono<Void> announce(String memberId) {
		return this.changes.append(memberId).onErrorComplete(RedisFailure.class);
	}

}
