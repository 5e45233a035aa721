package dev.agora.graph.member;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projected;
import dev.agora.platform.document.Projection;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.NotFound;

/** The members that this service has heard of. */
public final class MemberProjection {

	private final Projection<MemberCard> copies;

	private final MemberSettings settings;

	private final Clock clock;

	public MemberProjection(DocumentStore store, MemberSettings settings, Clock clock) {
		this.copies = store.projection("members", MemberCard.class);
		this.settings = settings;
		this.clock = clock;
	}

	/** Keeps what a newer event says of a member. */
	public Mono<Void> put(MemberCard card, long version) {
		return this.copies.upsert(card.id(), version, card).then();
	}

	/** Forgets a member who left. */
	public Mono<Void> remove(String id, long version) {
		return this.copies.remove(id, version).then();
	}

	/**
	 * A member who must be there. One whose id is young may be known to session-service
	 * alone: then the event is awaited, for a bounded time.
	 * @throws NotFound if there is none
	 */
	public Mono<MemberCard> require(String id) {
		return (IdGenerator.isId(id) ? find(id) : Mono.<MemberCard>empty())
			.switchIfEmpty(Mono.error(() -> NotFound.of("member", id)));
	}

	/** Whether any of some members is known to have left. */
	public Mono<Boolean> isAnyGone(Collection<String> ids) {
		return this.copies.isAnyDeleted(ids);
	}

	/** Cards by id, in the order of the ids; members who are not there are left out. */
	public Mono<List<MemberCard>> cards(Collection<String> ids) {
		return this.copies.findAll(ids)
			.collectMap(MemberCard::id)
			.map((cards) -> ids.stream().filter(cards::containsKey).map(cards::get).toList());
	}

	private Mono<MemberCard> find(String id) {
		Mono<MemberCard> card = this.copies.find(id).map((known) -> requireThere(id, known));
		long looks = this.settings.patience().dividedBy(this.settings.look());
		return isYoung(id)
				? card.repeatWhenEmpty((empty) -> Flux.from(empty).take(looks).delayElements(this.settings.look()))
				: card;
	}

	/** Nobody needs to be waited for who left. */
	private static MemberCard requireThere(String id, Projected<MemberCard> known) {
		MemberCard card = known.value();
		if (card == null) {
			throw NotFound.of("member", id);
		}
		return card;
	}

	private boolean isYoung(String id) {
		Instant madeAt = IdGenerator.createdAt(id);
		return madeAt.isAfter(this.clock.instant().minus(this.settings.young()))
				&& madeAt.isBefore(this.clock.instant().plus(this.settings.young()));
	}

}
