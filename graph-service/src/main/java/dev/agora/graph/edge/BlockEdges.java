package dev.agora.graph.edge;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.mongodb.client.model.Sorts;
import org.bson.BsonDocument;
import org.bson.BsonString;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;

/**
 * The system of record of blocks.
 * <p>
 * Shard key: {@code _id}, blocker and blocked.
 */
public final class BlockEdges {

	/** The topic of the events of blocks. */
	public static final String TOPIC = "graph.blocks.v1";

	private final Documents<Block> documents;

	private final Clock clock;

	public BlockEdges(DocumentStore store, Clock clock) {
		this.documents = store.trackedDocuments("blocks", Block.class, TOPIC);
		this.clock = clock;
	}

	/** Starts a block; an active one does not change. */
	public Mono<Stored<Block>> start(String blocker, String blocked) {
		Instant now = this.clock.instant();
		String id = Block.id(blocker, blocked);
		return this.documents.create(id, Block.start(blocker, blocked, now), Optional.empty())
			// A block that was created in the same millisecond may have ended since.
			.filter((edge) -> edge.value().active())
			.onErrorResume(Conflict.class, (notTheFirst) -> Mono.empty())
			.switchIfEmpty(Mono.defer(() -> this.documents.change(id, (edge) -> edge.value().restart(now))));
	}

	/** Ends a block; empty if there never was one. An inactive one does not change. */
	public Mono<Stored<Block>> end(String blocker, String blocked) {
		Instant now = this.clock.instant();
		return this.documents.change(Block.id(blocker, blocked), (edge) -> edge.value().end(now))
			.onErrorResume(NotFound.class, (neverBlocked) -> Mono.empty());
	}

	/** Finds a block, also an inactive one; empty if there never was one. */
	public Mono<Stored<Block>> find(String blocker, String blocked) {
		return this.documents.find(Block.id(blocker, blocked));
	}

	/**
	 * Reads all blocks that a member has started, also lifted ones, by ascending id of
	 * the blocked member. They are read on demand.
	 */
	public Flux<Stored<Block>> scanOf(String blocker) {
		BsonDocument ids = new BsonDocument("$gte", new BsonString(Block.id(blocker, ""))).append("$lt",
				new BsonString(blocker + ";"));
		return this.documents.scan(new BsonDocument("_id", ids), Sorts.ascending("_id"));
	}

	/** Finds those edges between whose members a block is active, in either direction. */
	public Mono<Set<Edge>> findBlocked(Collection<Edge> edges) {
		Set<String> ids = edges.stream()
			.flatMap((edge) -> Stream.of(edge, edge.reversed()))
			.map((edge) -> Block.id(edge.from(), edge.to()))
			.collect(Collectors.toSet());
		return this.documents.findAll(ids)
			.filter((block) -> block.value().active())
			.map((block) -> new Edge(block.value().blocker(), block.value().blocked()))
			.collect(Collectors.toSet())
			.map((blocked) -> edges.stream()
				.filter((edge) -> blocked.contains(edge) || blocked.contains(edge.reversed()))
				.collect(Collectors.toSet()));
	}

}
