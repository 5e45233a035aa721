package dev.agora.graph.follow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import dev.agora.graph.count.EdgeTies;
import dev.agora.graph.count.SweepPositions;
import dev.agora.graph.count.TieWriter;
import dev.agora.graph.edge.Follow;
import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.tie.TieCards;
import dev.agora.graph.tie.TieChange;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;

/**
 * Writes the ties and counts of follows that are older than ties, before the service is
 * ready. It resumes where an earlier start stopped, and is done once.
 */
public final class TieMigration {

	private static final Logger log = LoggerFactory.getLogger(TieMigration.class);

	private static final String NAME = "migration of follows to ties";

	private static final int BATCH = 500;

	private final FollowEdges edges;

	private final TieCards cards;

	private final TieWriter writer;

	private final SweepPositions positions;

	public TieMigration(FollowEdges edges, TieCards cards, TieWriter writer, SweepPositions positions,
			DocumentStore store) {
		this.edges = edges;
		this.cards = cards;
		this.writer = writer;
		this.positions = positions;
		store.addMigration(Mono.defer(this::run));
	}

	private Mono<Void> run() {
		return this.positions.find(NAME)
			.flatMapMany((position) -> this.edges.scan(position).buffer(BATCH).concatMap(this::write, 1))
			.then(Mono.defer(() -> this.positions.save(NAME, SweepPositions.END)));
	}

	private Mono<Void> write(List<Stored<Follow>> follows) {
		Set<String> ids = follows.stream()
			.flatMap((edge) -> Stream.of(edge.value().follower(), edge.value().followee()))
			.collect(Collectors.toSet());
		return this.cards.findAll(ids).flatMap((known) -> {
			List<TieChange> changes = new ArrayList<>();
			follows.forEach((edge) -> changes.addAll(EdgeTies.ofFollow(edge, known)));
			return this.writer.apply(changes);
		}).then(Mono.defer(() -> save(follows.get(follows.size() - 1).id())));
	}

	private Mono<Void> save(String position) {
		log.info("The ties of all follows up to {} are written; the service waits for the others.", position);
		return this.positions.save(NAME, position);
	}

}
