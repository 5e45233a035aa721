package dev.agora.product.member;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projected;
import dev.agora.platform.document.Projection;

/** The catalogue's own copy of the members. */
public final class MemberProjection {

	private final Projection<MemberCard> copies;

	public MemberProjection(DocumentStore store) {
		this.copies = store.projection("members", MemberCard.class);
	}

	/** What is known of a member, also that they left; empty where nothing is yet. */
	public Mono<Projected<MemberCard>> look(String id) {
		return this.copies.find(id);
	}

	/** Keeps newer news of a member. */
	public Mono<Void> put(String id, long version, MemberCard card) {
		return this.copies.upsert(id, version, card).then();
	}

	/** Keeps that a member left; nothing brings them back. */
	public Mono<Void> remove(String id, long version) {
		return this.copies.remove(id, version).then();
	}

}
