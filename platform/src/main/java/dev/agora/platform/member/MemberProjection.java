package dev.agora.platform.member;

import java.util.Collection;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projected;
import dev.agora.platform.document.Projection;
import dev.agora.platform.event.EventTypes;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unauthenticated;
import dev.agora.platform.projection.Dependents;
import dev.agora.platform.projection.FreshEntryLookup;
import dev.agora.platform.projection.Reconciler;

/** The members as far as this service has received their events. */
public final class MemberProjection {

	private final Projection<MemberCard> projection;

	private final FreshEntryLookup freshEntries;

	public MemberProjection(DocumentStore store, FreshEntryLookup freshEntries) {
		this.projection = store.projection("members", MemberCard.class);
		this.freshEntries = freshEntries;
	}

	/** The types of the events that change the projection. */
	public static String[] eventTypes() {
		return EventTypes.of(MemberEvent.class).names();
	}

	/**
	 * Finds a member who must exist. The event of a member who has just registered is
	 * awaited for a bounded time.
	 * @throws NotFound if there is no such member
	 */
	public Mono<MemberCard> require(String id) {
		return requireVersion(id).flatMap((member) -> Mono.justOrEmpty(member.value()));
	}

	/**
	 * Finds a member who must exist, with the version of their card.
	 * @throws NotFound if there is no such member
	 */
	public Mono<Projected<MemberCard>> requireVersion(String id) {
		return this.freshEntries.awaitFresh(id, this.projection::find)
			.filter((member) -> !member.isDeleted())
			.switchIfEmpty(Mono.error(() -> NotFound.of("member", id)));
	}

	/** Finds several members; deleted and unknown ones are left out. */
	public Flux<Projected<MemberCard>> findAll(Collection<String> ids) {
		return this.projection.findVersions(ids);
	}

	/** Finds the newest known state of a member, also of a deleted one, for an event. */
	public Mono<Projected<MemberCard>> findForEvent(String id) {
		return this.projection.findForEvent(id);
	}

	/**
	 * Finds the newest known state of a member, for an event.
	 * @param card a state of the member
	 * @param version the version of that state
	 * @return the state of the projection if it is newer, otherwise the given one
	 */
	public Mono<Projected<MemberCard>> findNewest(MemberCard card, long version) {
		return newest(this.projection.findForEvent(card.id()), card, version);
	}

	/**
	 * Refuses a caller who has deleted their account: their identity stays valid for up
	 * to a minute.
	 * @return the caller with their newest known handle and name
	 * @throws Unauthenticated if the account was deleted
	 */
	public Mono<Caller> requireAccount(Caller caller) {
		MemberCard card = new MemberCard(caller.id(), caller.handle(), caller.name());
		return newest(this.projection.find(caller.id()), card, caller.version())
			.flatMap((member) -> Mono.justOrEmpty(member.value())
				.map((known) -> caller.renamed(known.handle(), known.name(), member.version())))
			.switchIfEmpty(Mono.error(Unauthenticated::accountDeleted));
	}

	/**
	 * Lists the cards of members in the order of their ids, without deleted and unknown
	 * members.
	 */
	public Mono<List<MemberCard>> list(Collection<String> ids) {
		return this.projection.findAll(ids)
			.collectMap(MemberCard::id)
			.map((cards) -> ids.stream().filter(cards::containsKey).map(cards::get).toList());
	}

	/** Creates the reconciler of the documents that depend on members. */
	public Reconciler<MemberCard> reconciler(Dependents<MemberCard> dependents) {
		return new Reconciler<>(this.projection, dependents);
	}

	private static Mono<Projected<MemberCard>> newest(Mono<Projected<MemberCard>> known, MemberCard card,
			long version) {
		return known.filter((member) -> member.isDeleted() || member.version() > version)
			.defaultIfEmpty(new Projected<>(version, card));
	}

}
