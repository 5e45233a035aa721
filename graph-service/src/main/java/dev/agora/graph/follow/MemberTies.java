package dev.agora.graph.follow;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.block.Blocks;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieCard;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.document.Projected;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Dependents;

/**
 * Shows the newest name of a member on the ties that others have to them, and ends the
 * follows and blocks of deleted members. The ties of the member name all others.
 */
public final class MemberTies implements Dependents<MemberCard> {

	private final Ties ties;

	private final Follows follows;

	private final Blocks blocks;

	public MemberTies(Ties ties, Follows follows, Blocks blocks) {
		this.ties = ties;
		this.follows = follows;
		this.blocks = blocks;
	}

	@Override
	public Flux<String> findOutdated(String memberId, Projected<MemberCard> member) {
		return this.ties.scanAll(memberId).map((tie) -> Tie.id(tie.other(), memberId));
	}

	@Override
	public Mono<Void> reconcile(String id, String memberId, Projected<MemberCard> member) {
		String owner = id.substring(0, id.indexOf(':'));
		@Nullable MemberCard card = member.value();
		return (card != null)
				? this.ties.setCard(owner, new TieCard(memberId, card.handle(), card.name(), member.version()))
				: end(owner, memberId).then(Mono.defer(() -> this.ties.removeCard(owner, memberId)));
	}

	private Mono<Void> end(String owner, String deleted) {
		return this.follows.unfollow(owner, deleted)
			.then(Mono.defer(() -> this.follows.unfollow(deleted, owner)))
			.then(Mono.defer(() -> this.blocks.unblock(owner, deleted)))
			.then(Mono.defer(() -> this.blocks.unblock(deleted, owner)));
	}

}
