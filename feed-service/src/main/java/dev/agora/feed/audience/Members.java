package dev.agora.feed.audience;

import reactor.core.publisher.Mono;

import dev.agora.feed.arrival.Arrivals;
import dev.agora.platform.document.Copies;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.problem.NotFound;

/** The feed's own copy of the members. */
public final class Members {

	private final Copies<Member> copies;

	private final Arrivals arrivals;

	public Members(DocumentStore store, Arrivals arrivals) {
		this.copies = store.copies("members", Member.class);
		this.arrivals = arrivals;
	}

	/**
	 * Finds a member; one who registered a moment ago is waited for.
	 * @throws NotFound if there is no such member
	 */
	public Mono<Member> require(String id) {
		return this.arrivals.await(id, this.copies::find).switchIfEmpty(Mono.error(() -> NotFound.of("member", id)));
	}

	/** Keeps newer news of a member. */
	public Mono<Void> put(String id, long version, Member member) {
		return this.copies.put(id, version, member).then();
	}

	/** Forgets a member who is gone. */
	public Mono<Void> remove(String id, long version) {
		return this.copies.remove(id, version).then();
	}

}
