package dev.agora.graph.block;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import reactor.core.publisher.Mono;

import dev.agora.graph.count.EdgeTies;
import dev.agora.graph.count.TieWriter;
import dev.agora.graph.edge.Block;
import dev.agora.graph.edge.BlockEdges;
import dev.agora.graph.edge.Edge;
import dev.agora.graph.edge.Follow;
import dev.agora.graph.edge.Separation;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieCard;
import dev.agora.graph.tie.TieChange;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.document.Stored;

/**
 * Starts and lifts blocks, and shows whom they hide. A block ends the follows between its
 * two members; lifting it restores none.
 */
public final class Blocks {

	private final BlockEdges edges;

	private final Separation separation;

	private final TieWriter writer;

	private final Ties ties;

	public Blocks(BlockEdges edges, Separation separation, TieWriter writer, Ties ties) {
		this.edges = edges;
		this.separation = separation;
		this.writer = writer;
		this.ties = ties;
	}

	/** Makes a member block another; an active block does not change. */
	public Mono<Void> block(TieCard blocker, TieCard blocked) {
		Map<String, TieCard> cards = Map.of(blocker.id(), blocker, blocked.id(), blocked);
		return this.edges.start(blocker.id(), blocked.id()).flatMap((edge) -> apply(edge, cards));
	}

	/** Lifts a block; a missing or inactive one does not change. */
	public Mono<Void> unblock(String blocker, String blocked) {
		return this.edges.end(blocker, blocked).flatMap((edge) -> apply(edge, Map.of()));
	}

	/** Whether a member blocks another or blocked them before. */
	Mono<Boolean> wasBlocked(String blocker, String blocked) {
		return this.edges.find(blocker, blocked).hasElement();
	}

	/**
	 * Finds the members whom a viewer must not see, since one of both blocks the other.
	 * @return those of the ids that are hidden
	 */
	public Mono<Set<String>> hiddenFrom(String viewer, Collection<String> ids) {
		return ids.isEmpty() ? Mono.just(Set.of())
				: this.ties.find(viewer, ids).filter(Tie::isHidden).map(Tie::other).collect(Collectors.toSet());
	}

	/**
	 * Brings follows, ties and counts in line with a block. It may be repeated at any
	 * time.
	 * @param cards the known cards of its members by id
	 */
	Mono<Void> apply(Stored<Block> edge, Map<String, TieCard> cards) {
		Edge pair = new Edge(edge.value().blocker(), edge.value().blocked());
		return this.separation.separate(pair)
			.collectList()
			.flatMap((follows) -> this.writer.apply(changes(edge, follows, cards)));
	}

	private static List<TieChange> changes(Stored<Block> edge, List<Stored<Follow>> follows,
			Map<String, TieCard> cards) {
		List<TieChange> changes = new ArrayList<>(EdgeTies.ofBlock(edge, cards));
		follows.forEach((follow) -> changes.addAll(EdgeTies.ofFollow(follow, cards)));
		return changes;
	}

}
