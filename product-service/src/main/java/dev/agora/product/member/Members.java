package dev.agora.product.member;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.Copies;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Known;

/** The catalogue's own copy of the members. */
public final class Members {

	private final Copies<MemberCard> copies;

	public Members(DocumentStore store) {
		this.copies = store.copies("members", MemberCard.class);
	}

	/** What is known of a member, also that they left; empty where nothing is yet. */
	public Mono<Known<MemberCard>> look(String id) {
		return this.copies.look(id);
	}

	/** Keeps newer news of a member. */
	public Mono<Void> put(String id, long version, MemberCard card) {
		return this.copies.put(id, version, card).then();
	}

	/** Keeps that a member left; nothing brings them back. */
	public Mono<Void> remove(String id, long version) {
		return this.copies.remove(id, version).then();
	}

}
