package dev.agora.graph.mutual;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.graph.card.CardCache;
import dev.agora.graph.card.KeptCard;
import dev.agora.graph.set.IdSets;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.representation.PageJson;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/** Finds the members who are friends of a viewer and of another member. */
public final class MutualFriends {

	private final IdSets sets;

	private final Ties ties;

	private final MemberProjection members;

	private final CardCache cards;

	public MutualFriends(IdSets sets, Ties ties, MemberProjection members, CardCache cards) {
		this.sets = sets;
		this.ties = ties;
		this.members = members;
		this.cards = cards;
	}

	/**
	 * Lists a page, the highest id first. The page has fewer members than its limit if
	 * some of them have deleted their accounts. Whom a block hides is no friend, so the
	 * sets do not have them.
	 * @throws NotFound if there is no such member
	 */
	Mono<Page<MemberCard>> list(String viewer, String member, PageRequest page) {
		return read(viewer, member, page, MutualFriends::toCards);
	}

	/**
	 * Lists the same page as JSON.
	 * @throws NotFound if there is no such member
	 */
	Mono<byte[]> listJson(String viewer, String member, PageRequest page) {
		return read(viewer, member, page, PageJson::of);
	}

	/**
	 * Lists a page from MongoDB, also without those whom a block hides by now.
	 * @throws NotFound if there is no such member
	 */
	Mono<Page<MemberCard>> listUncached(String viewer, String member, PageRequest page) {
		return this.members.require(member)
			.flatMap((card) -> this.sets.intersectUncached(TieKind.FRIENDS, viewer, card.id(), page))
			.flatMap((ids) -> toVisibleCards(viewer, ids));
	}

	private <T> Mono<T> read(String viewer, String member, PageRequest page,
			BiFunction<List<KeptCard>, @Nullable String, T> view) {
		return this.cards.require(member)
			.flatMap((kept) -> this.sets.intersect(TieKind.FRIENDS, viewer, member, page))
			.flatMap((ids) -> this.cards.list(ids.items()).map((found) -> view.apply(found, ids.next())));
	}

	private static Page<MemberCard> toCards(List<KeptCard> found, @Nullable String next) {
		return new Page<>(found.stream().map(KeptCard::card).toList(), next);
	}

	/** The viewer's own ties have the cards of the friends, and the blocks. */
	private Mono<Page<MemberCard>> toVisibleCards(String viewer, Page<String> ids) {
		return ids.items().isEmpty() ? Mono.just(toPage(ids, Map.of()))
				: this.ties.find(viewer, ids.items())
					.filter((tie) -> !tie.isHidden())
					.flatMap((tie) -> Mono.justOrEmpty(tie.card()))
					.map((card) -> new MemberCard(card.id(), card.handle(), card.name()))
					.collectMap(MemberCard::id)
					.map((found) -> toPage(ids, found));
	}

	private static Page<MemberCard> toPage(Page<String> ids, Map<String, MemberCard> found) {
		return new Page<>(ids.items().stream().filter(found::containsKey).map(found::get).toList(), ids.next());
	}

}
