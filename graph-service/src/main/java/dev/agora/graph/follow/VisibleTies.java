package dev.agora.graph.follow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.graph.block.Blocks;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieCard;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * Lists the members in a member's list whom a viewer may see. The ties have their cards,
 * so that a page is one query and one check of the blocks.
 */
public final class VisibleTies {

	/** Bounds the work of a page of which nearly all members are hidden. */
	private static final int MAX_READS = 10;

	private final Ties ties;

	private final Blocks blocks;

	public VisibleTies(Ties ties, Blocks blocks) {
		this.ties = ties;
		this.blocks = blocks;
	}

	/**
	 * Lists a page, the highest id first. If very many members are hidden, the page has
	 * fewer members than its limit, although there is a next one.
	 */
	Mono<Page<MemberCard>> list(String viewer, String owner, TieKind kind, PageRequest page) {
		return fill(new Reading(viewer, owner, kind, page), List.of(), page.cursor(), MAX_READS);
	}

	private Mono<Page<MemberCard>> fill(Reading reading, List<MemberCard> found, @Nullable String after, int reads) {
		return this.ties.list(reading.owner(), reading.kind(), after, reading.page().limit() + 1)
			.collectList()
			.flatMap((read) -> add(reading, found, read, reads));
	}

	private Mono<Page<MemberCard>> add(Reading reading, List<MemberCard> found, List<Tie> read, int reads) {
		List<Tie> part = read.subList(0, Math.min(read.size(), reading.page().limit()));
		@Nullable String last = (read.size() > part.size()) ? part.get(part.size() - 1).other() : null;
		return visible(reading.viewer(), part).map((cards) -> Stream.concat(found.stream(), cards.stream()).toList())
			.flatMap((all) -> isEnough(reading, all, last, reads) ? Mono.just(toPage(all, reading.page(), last))
					: fill(reading, all, last, reads - 1));
	}

	private static boolean isEnough(Reading reading, List<MemberCard> found, @Nullable String last, int reads) {
		return found.size() >= reading.page().limit() || last == null || reads == 1;
	}

	private Mono<List<MemberCard>> visible(String viewer, List<Tie> ties) {
		List<String> others = ties.stream().map(Tie::other).toList();
		return this.blocks.hiddenFrom(viewer, others).map((hidden) -> cards(ties, hidden));
	}

	private static List<MemberCard> cards(List<Tie> ties, Set<String> hidden) {
		List<MemberCard> cards = new ArrayList<>();
		for (Tie tie : ties) {
			TieCard card = tie.card();
			if (card != null && !hidden.contains(tie.other())) {
				cards.add(new MemberCard(card.id(), card.handle(), card.name()));
			}
		}
		return cards;
	}

	private static Page<MemberCard> toPage(List<MemberCard> cards, PageRequest page, @Nullable String next) {
		return (cards.size() > page.limit()) ? Page.cut(cards, page, MemberCard::id) : new Page<>(cards, next);
	}

	/** A page that a viewer reads. */
	private record Reading(String viewer, String owner, TieKind kind, PageRequest page) {
	}

}
