package dev.agora.graph.follow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.edge.FollowEvent;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieCards;
import dev.agora.graph.tie.TieChange;
import dev.agora.graph.tie.TieSide;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Completes the follows whose writer died half-way. The ties tell which ones: a writer
 * brings a follow in line with the blocks before it writes the ties, and marks them as
 * counted at the end. So a follow whose ties are counted and have its version needs
 * nothing more.
 */
public final class FollowCompletion {

	private final Ties ties;

	private final FollowEdges edges;

	private final Follows follows;

	private final TieCards cards;

	public FollowCompletion(Ties ties, FollowEdges edges, Follows follows, TieCards cards) {
		this.ties = ties;
		this.edges = edges;
		this.follows = follows;
		this.cards = cards;
	}

	/**
	 * Completes the follows of some events.
	 * @return the ties of these follows
	 */
	Mono<Collection<Tie>> complete(List<ReceivedEvent<FollowEvent>> received) {
		return findTies(received).flatMap((found) -> {
			List<ReceivedEvent<FollowEvent>> incomplete = received.stream()
				.filter((event) -> !isComplete(event, found))
				.toList();
			return incomplete.isEmpty() ? Mono.just(found)
					: completeAll(incomplete).then(Mono.defer(() -> findTies(received)));
		}).map(Map::values);
	}

	private Mono<Map<String, Tie>> findTies(List<ReceivedEvent<FollowEvent>> received) {
		List<TieChange> both = received.stream()
			.map(ReceivedEvent::event)
			.flatMap((event) -> Stream.of(TieChange.none(event.follower(), event.followee()),
					TieChange.none(event.followee(), event.follower())))
			.toList();
		return this.ties.findAll(both).collectMap((tie) -> Tie.id(tie.owner(), tie.other()));
	}

	private static boolean isComplete(ReceivedEvent<FollowEvent> received, Map<String, Tie> ties) {
		String follower = received.event().follower();
		String followee = received.event().followee();
		return has(ties.get(Tie.id(follower, followee)), TieSide.FOLLOWING, received.version())
				&& has(ties.get(Tie.id(followee, follower)), TieSide.FOLLOWED_BY, received.version());
	}

	private static boolean has(@Nullable Tie tie, TieSide side, long version) {
		return tie != null && tie.has(side, version) && tie.isCounted();
	}

	/** Reads the follows, since they may have changed after their events. */
	private Mono<Void> completeAll(List<ReceivedEvent<FollowEvent>> incomplete) {
		Set<String> ids = incomplete.stream().map(ReceivedEvent::id).collect(Collectors.toSet());
		Set<String> members = incomplete.stream()
			.map(ReceivedEvent::event)
			.flatMap((event) -> Stream.of(event.follower(), event.followee()))
			.collect(Collectors.toSet());
		return this.edges.findAll(ids)
			.collectList()
			.zipWith(this.cards.findAll(members))
			.flatMap((read) -> this.follows.completeAll(read.getT1(), read.getT2()))
			.then();
	}

}
