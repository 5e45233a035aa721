package dev.agora.graph.follow;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.block.Blocks;
import dev.agora.graph.suggestion.store.SuggestionRemoval;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieCard;
import dev.agora.graph.tie.TieChange;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.document.Projected;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Dependents;

/**
 * Shows the newest name of a member on the ties that others have to them, and ends the
 * follows and blocks of deleted members, together with their suggestions. The ties of the
 * member name all others.
 */
public final class MemberTies implements Dependents<MemberCard> {

	/** The number of ties that are written at once, so that each event is quick. */
	private static final int PAGE = 200;

	private static final int CONCURRENCY = 4;

	private final Ties ties;

	private final Follows follows;

	private final Blocks blocks;

	private final PendingMembers pending;

	private final SuggestionRemoval suggestions;

	public MemberTies(Ties ties, Follows follows, Blocks blocks, PendingMembers pending,
			SuggestionRemoval suggestions) {
		this.ties = ties;
		this.follows = follows;
		this.blocks = blocks;
		this.pending = pending;
		this.suggestions = suggestions;
	}

	/**
	 * Finds the ties of a member who has few. The others wait for {@link MemberSweep}.
	 */
	@Override
	public Flux<String> findOutdated(String memberId, Projected<MemberCard> member) {
		Mono<Void> removal = member.isDeleted() ? this.suggestions.removeAll(memberId) : Mono.empty();
		return removal.thenMany(findOthers(memberId, member));
	}

	private Flux<String> findOthers(String memberId, Projected<MemberCard> member) {
		return this.ties.others(memberId, "", PAGE + 1)
			.collectList()
			.flatMapMany((others) -> (others.size() > PAGE)
					? this.pending.add(memberId, member.version()).thenMany(Flux.empty())
					: Flux.fromIterable(others).map((other) -> Tie.id(other, memberId)));
	}

	/** Looks at the cards of a member who has few ties. The sweep changes the others. */
	@Override
	public Mono<Boolean> hasOutdated(String memberId, Projected<MemberCard> member) {
		long version = member.isDeleted() ? Long.MAX_VALUE : member.version();
		return this.ties.others(memberId, "", PAGE + 1)
			.map((other) -> TieChange.none(other, memberId))
			.collectList()
			.filter((both) -> both.size() <= PAGE)
			.flatMapMany(this.ties::findAll)
			.any((tie) -> hasCardBefore(version, tie.card()));
	}

	private static boolean hasCardBefore(long version, @Nullable TieCard card) {
		return card != null && card.version() < version;
	}

	@Override
	public Mono<Void> reconcile(String id, String memberId, Projected<MemberCard> member) {
		return reconcile(List.of(id.substring(0, id.indexOf(':'))), memberId, member);
	}

	/** Brings the next ties of a member in line with the projection. */
	Mono<Void> reconcileNext(PendingMember waiting, Projected<MemberCard> member) {
		return this.ties.others(waiting.id(), waiting.position(), PAGE)
			.collectList()
			.flatMap((others) -> others.isEmpty() ? this.pending.remove(waiting)
					: reconcile(others, waiting.id(), member)
						.then(Mono.defer(() -> this.pending.save(waiting, others.get(others.size() - 1)))));
	}

	private Mono<Void> reconcile(List<String> owners, String memberId, Projected<MemberCard> member) {
		@Nullable MemberCard card = member.value();
		return (card != null)
				? this.ties.setCard(owners, new TieCard(memberId, card.handle(), card.name(), member.version()))
				: Flux.fromIterable(owners).flatMap((owner) -> endAll(owner, memberId), CONCURRENCY).then();
	}

	private Mono<Void> endAll(String owner, String deleted) {
		return end(owner, deleted).then(Mono.defer(() -> this.ties.removeCard(owner, deleted)));
	}

	private Mono<Void> end(String owner, String deleted) {
		return this.follows.unfollow(owner, deleted)
			.then(Mono.defer(() -> this.follows.unfollow(deleted, owner)))
			.then(Mono.defer(() -> this.blocks.unblock(owner, deleted)))
			.then(Mono.defer(() -> this.blocks.unblock(deleted, owner)));
	}

}
