package dev.agora.graph.tie;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Projected;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;

/** Reads the cards of members from the projection. */
public final class TieCards {

	private final MemberProjection members;

	public TieCards(MemberProjection members) {
		this.members = members;
	}

	/** Returns the card of a caller. */
	public static TieCard of(Caller caller) {
		return new TieCard(caller.id(), caller.handle(), caller.name(), caller.version());
	}

	/** Returns the card of a member who exists. */
	public static TieCard of(Projected<MemberCard> member) {
		MemberCard card = Objects.requireNonNull(member.value(), "The member was deleted.");
		return new TieCard(card.id(), card.handle(), card.name(), member.version());
	}

	/** Finds the newest known states of members by their ids, also of deleted ones. */
	public Mono<Map<String, Projected<MemberCard>>> findAllForEvents(Collection<String> ids) {
		return Flux.fromIterable(ids)
			.flatMap((id) -> this.members.findForEvent(id).map((member) -> Map.entry(id, member)))
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/** Finds the cards of members by their ids; deleted and unknown ones are left out. */
	public Mono<Map<String, TieCard>> findAll(Collection<String> ids) {
		return this.members.findAll(ids).map(TieCards::of).collectMap(TieCard::id);
	}

}
