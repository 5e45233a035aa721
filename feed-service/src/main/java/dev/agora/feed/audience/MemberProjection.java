package dev.agora.feed.audience;

import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Author;
import dev.agora.feed.arrival.Arrivals;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projected;
import dev.agora.platform.document.Projection;
import dev.agora.platform.problem.NotFound;

/** The feed's own copy of the members. */
public final class MemberProjection {

	private final Projection<Member> copies;

	private final Arrivals arrivals;

	public MemberProjection(DocumentStore store, Arrivals arrivals) {
		this.copies = store.projection("members", Member.class);
		this.arrivals = arrivals;
	}

	/**
	 * Finds a member; one who registered a moment ago is waited for.
	 * @throws NotFound if there is no such member
	 */
	public Mono<Member> require(String id) {
		return this.arrivals.await(id, this::find).switchIfEmpty(Mono.error(() -> NotFound.of("member", id)));
	}

	/** What is known of a member, also that they left; empty where nothing is yet. */
	public Mono<Projected<Member>> look(String id) {
		return this.copies.find(id);
	}

	/**
	 * An author as they are now, as far as is known.
	 * @return the author; empty if they left
	 */
	public Mono<Author> current(Author author) {
		Projected<Member> asGiven = new Projected<>(author.version(), new Member(author.handle(), author.name()));
		return look(author.id()).defaultIfEmpty(asGiven)
			.flatMap((known) -> Mono.justOrEmpty(known.value())
				.map((member) -> author.orNewer(known.version(), member.handle(), member.name())));
	}

	/** Keeps newer news of a member. */
	public Mono<Void> put(String id, long version, Member member) {
		return this.copies.upsert(id, version, member).then();
	}

	/** Forgets a member who is gone. */
	public Mono<Void> remove(String id, long version) {
		return this.copies.remove(id, version).then();
	}

	/** Nobody needs to be waited for who left. */
	private Mono<Member> find(String id) {
		return look(id).flatMap(
				(known) -> known.isDeleted() ? Mono.error(NotFound.of("member", id)) : Mono.justOrEmpty(known.value()));
	}

}
