package dev.agora.graph.follow;

import java.util.List;
import java.util.Map;

import reactor.core.publisher.Mono;

import dev.agora.graph.count.EdgeTies;
import dev.agora.graph.count.TieWriter;
import dev.agora.graph.edge.BlockEdges;
import dev.agora.graph.edge.Edge;
import dev.agora.graph.edge.Follow;
import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.edge.Separation;
import dev.agora.graph.tie.TieCard;
import dev.agora.graph.tie.TieCards;
import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.Forbidden;

/**
 * Starts and ends follows, with their ties and counts. A block that comes while a follow
 * starts ends it: whichever of both is written last finds the other.
 */
public final class Follows {

	private final FollowEdges edges;

	private final BlockEdges blocks;

	private final Separation separation;

	private final TieWriter writer;

	private final BulkFollows bulk;

	public Follows(FollowEdges edges, BlockEdges blocks, Separation separation, TieWriter writer, TieCards cards) {
		this.edges = edges;
		this.blocks = blocks;
		this.separation = separation;
		this.writer = writer;
		this.bulk = new BulkFollows(edges, blocks, separation, writer, cards);
	}

	/**
	 * Makes a member follow another; an active follow does not change.
	 * @throws Forbidden if one of them blocks the other
	 */
	public Mono<Void> follow(TieCard follower, TieCard followee) {
		Follow.requireTwo(follower.id(), followee.id());
		Map<String, TieCard> cards = Map.of(follower.id(), follower, followee.id(), followee);
		return requireNotBlocked(new Edge(follower.id(), followee.id()))
			.then(Mono.defer(() -> this.edges.start(follower.id(), followee.id(), List.of(follower, followee))))
			.flatMap((edge) -> complete(edge, cards))
			.flatMap((edge) -> edge.value().active() ? Mono.empty() : Mono.error(Follows::blocked));
	}

	/**
	 * Starts many follows at once, with few commands for all of them. It may be repeated,
	 * also after a part of it has been written.
	 * @param requested the follows, a few hundred at most
	 * @return the outcome of each follow
	 */
	public Mono<Map<Edge, FollowOutcome>> followAll(List<Edge> requested) {
		return this.bulk.followAll(requested);
	}

	/** Makes a member stop following another; a missing or inactive follow stays so. */
	public Mono<Void> unfollow(String follower, String followee) {
		return this.edges.end(follower, followee).flatMap((edge) -> complete(edge, Map.of())).then();
	}

	/** Whether a member follows another or followed them before. */
	Mono<Boolean> wasFollowed(String follower, String followee) {
		return this.edges.find(follower, followee).hasElement();
	}

	/**
	 * Brings a follow in line with the blocks, and its ties and counts with the follow.
	 * It may be repeated at any time.
	 * @param cards the known cards of its members by id
	 * @return the follow afterwards
	 */
	Mono<Stored<Follow>> complete(Stored<Follow> follow, Map<String, TieCard> cards) {
		return this.separation.enforce(follow)
			.flatMap((edge) -> this.writer.apply(EdgeTies.ofFollow(edge, cards)).thenReturn(edge));
	}

	/**
	 * Does the same for many follows, with few commands for all of them.
	 * @param cards the known cards of their members by id
	 * @return the follows afterwards
	 */
	Mono<List<Stored<Follow>>> completeAll(List<Stored<Follow>> follows, Map<String, TieCard> cards) {
		return this.bulk.complete(follows, cards);
	}

	private Mono<Void> requireNotBlocked(Edge edge) {
		return this.blocks.findBlocked(List.of(edge))
			.flatMap((blocked) -> blocked.isEmpty() ? Mono.empty() : Mono.error(Follows::blocked));
	}

	/** Does not say which of both blocks the other. */
	private static Forbidden blocked() {
		return new Forbidden("blocked", "A block between the two members does not allow this follow.");
	}

}
