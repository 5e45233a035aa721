package dev.agora.graph.mutual;

import java.util.List;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import dev.agora.graph.set.IdSets;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieCard;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/** Finds the members who are friends of a viewer and of another member. */
public final class MutualFriends {

	private final IdSets sets;

	private final Ties ties;

	public MutualFriends(IdSets sets, Ties ties) {
		this.sets = sets;
		this.ties = ties;
	}

	/**
	 * Lists a page, the highest id first. The page has fewer members than its limit if
	 * some of them are hidden from the viewer or have deleted their accounts.
	 */
	Mono<Page<MemberCard>> list(String viewer, String member, PageRequest page, Consistency consistency) {
		Mono<Page<String>> ids = (consistency == Consistency.STRONG)
				? this.sets.intersectUncached(TieKind.FRIENDS, viewer, member, page)
				: this.sets.intersect(TieKind.FRIENDS, viewer, member, page);
		return ids.flatMap((found) -> toCards(viewer, found));
	}

	/** The viewer's own ties have the cards of the friends, and the blocks. */
	private Mono<Page<MemberCard>> toCards(String viewer, Page<String> ids) {
		if (ids.items().isEmpty()) {
			return Mono.just(new Page<>(List.of(), ids.next()));
		}
		return this.ties.find(viewer, ids.items())
			.collectMap(Tie::other)
			.map((ties) -> ids.items().stream().map(ties::get).flatMap(MutualFriends::toCard).toList())
			.map((cards) -> new Page<>(cards, ids.next()));
	}

	private static Stream<MemberCard> toCard(Tie tie) {
		TieCard card = (tie != null && !tie.isHidden()) ? tie.card() : null;
		return (card != null) ? Stream.of(new MemberCard(card.id(), card.handle(), card.name())) : Stream.empty();
	}

}
