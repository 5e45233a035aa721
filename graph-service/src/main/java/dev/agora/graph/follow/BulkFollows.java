package dev.agora.graph.follow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;
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
import dev.agora.graph.tie.TieChange;
import dev.agora.platform.document.Stored;

/** Starts many follows with few commands. */
final class BulkFollows {

	private final FollowEdges edges;

	private final BlockEdges blocks;

	private final Separation separation;

	private final TieWriter writer;

	private final TieCards cards;

	BulkFollows(FollowEdges edges, BlockEdges blocks, Separation separation, TieWriter writer, TieCards cards) {
		this.edges = edges;
		this.blocks = blocks;
		this.separation = separation;
		this.writer = writer;
		this.cards = cards;
	}

	/** Starts follows. It may be repeated, also after a part of it has been written. */
	Mono<Map<Edge, FollowOutcome>> followAll(Collection<Edge> requested) {
		Set<String> ids = requested.stream()
			.flatMap((edge) -> Stream.of(edge.from(), edge.to()))
			.collect(Collectors.toSet());
		return this.cards.findAll(ids).flatMap((known) -> {
			Map<Edge, FollowOutcome> outcomes = refuse(requested, known);
			Set<Edge> allowed = new HashSet<>(requested);
			allowed.removeAll(outcomes.keySet());
			return this.blocks.findBlocked(allowed).flatMap((blocked) -> start(allowed, blocked, known, outcomes));
		});
	}

	private static Map<Edge, FollowOutcome> refuse(Collection<Edge> requested, Map<String, TieCard> known) {
		Map<Edge, FollowOutcome> outcomes = new LinkedHashMap<>();
		for (Edge edge : requested) {
			if (edge.from().equals(edge.to())) {
				outcomes.put(edge, FollowOutcome.ONESELF);
			}
			else if (!known.containsKey(edge.from()) || !known.containsKey(edge.to())) {
				outcomes.put(edge, FollowOutcome.UNKNOWN_MEMBER);
			}
		}
		return outcomes;
	}

	private Mono<Map<Edge, FollowOutcome>> start(Set<Edge> allowed, Set<Edge> blocked, Map<String, TieCard> known,
			Map<Edge, FollowOutcome> outcomes) {
		blocked.forEach((edge) -> outcomes.put(edge, FollowOutcome.BLOCKED));
		allowed.removeAll(blocked);
		return findActive(allowed).flatMap((active) -> startMissing(allowed, active, known, outcomes));
	}

	private Mono<Map<Edge, FollowOutcome>> startMissing(Set<Edge> allowed, List<Stored<Follow>> active,
			Map<String, TieCard> known, Map<Edge, FollowOutcome> outcomes) {
		Set<Edge> missing = new HashSet<>(allowed);
		active.forEach((follow) -> outcomes.put(edgeOf(follow), FollowOutcome.UNCHANGED));
		missing.removeAll(outcomes.keySet());
		missing.forEach((edge) -> outcomes.put(edge, FollowOutcome.STARTED));
		return this.edges.startAll(missing, (started) -> complete(union(active, started), known))
			.map((completed) -> addBlocked(completed, outcomes));
	}

	private Mono<List<Stored<Follow>>> findActive(Set<Edge> edges) {
		return this.edges.findAll(edges.stream().map((edge) -> Follow.id(edge.from(), edge.to())).toList())
			.filter((follow) -> follow.value().active())
			.collectList();
	}

	/**
	 * Brings follows in line with the blocks, and their ties and counts with the follows.
	 * @return the follows afterwards
	 */
	Mono<List<Stored<Follow>>> complete(List<Stored<Follow>> follows, Map<String, TieCard> known) {
		return enforce(follows).collectList()
			.flatMap((enforced) -> this.writer.apply(changes(enforced, known)).thenReturn(enforced));
	}

	/** A follow that is not active was ended by a block. */
	private static Map<Edge, FollowOutcome> addBlocked(List<Stored<Follow>> follows,
			Map<Edge, FollowOutcome> outcomes) {
		follows.stream()
			.filter((follow) -> !follow.value().active())
			.forEach((follow) -> outcomes.put(edgeOf(follow), FollowOutcome.BLOCKED));
		return outcomes;
	}

	/** Ends the follows whose members have blocked each other since. */
	private Flux<Stored<Follow>> enforce(List<Stored<Follow>> follows) {
		return this.blocks.findBlocked(follows.stream().map(BulkFollows::edgeOf).toList())
			.flatMapMany((blocked) -> Flux.fromIterable(follows)
				.concatMap((follow) -> blocked.contains(edgeOf(follow)) ? this.separation.enforce(follow)
						: Mono.just(follow)));
	}

	private static List<TieChange> changes(List<Stored<Follow>> follows, Map<String, TieCard> known) {
		List<TieChange> changes = new ArrayList<>();
		follows.forEach((follow) -> changes.addAll(EdgeTies.ofFollow(follow, known)));
		return changes;
	}

	private static List<Stored<Follow>> union(List<Stored<Follow>> some, List<Stored<Follow>> others) {
		return Stream.concat(some.stream(), others.stream()).toList();
	}

	private static Edge edgeOf(Stored<Follow> follow) {
		return new Edge(follow.value().follower(), follow.value().followee());
	}

}
