package dev.agora.graph.follow;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Projected;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Dependents;

/**
 * Ends the follows of deleted members. A new name needs no change here, since lists take
 * names from the projection.
 */
public final class MemberFollows implements Dependents<MemberCard> {

	private final Follows follows;

	public MemberFollows(Follows follows) {
		this.follows = follows;
	}

	@Override
	public Flux<String> findOutdated(String memberId, Projected<MemberCard> member) {
		return member.isDeleted() ? this.follows.activeIdsOf(memberId) : Flux.empty();
	}

	@Override
	public Mono<Void> reconcile(String id, String memberId, Projected<MemberCard> member) {
		return member.isDeleted() ? this.follows.end(id) : Mono.empty();
	}

}
