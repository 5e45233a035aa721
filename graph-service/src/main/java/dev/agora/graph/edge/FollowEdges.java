package dev.agora.graph.edge;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import org.bson.BsonDocument;
import org.bson.BsonString;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.tie.TieCard;
import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;

/**
 * The system of record of follows. Lists and counts are read from the ties, so requests
 * read follows only by their ids.
 * <p>
 * Shard key: {@code _id}, follower and followee.
 */
public final class FollowEdges {

	/** The topic of the events of follows. */
	public static final String TOPIC = "graph.follows.v1";

	private static final int RESTARTS = 8;

	private final Documents<Follow> documents;

	private final Clock clock;

	public FollowEdges(DocumentStore store, Clock clock) {
		this.documents = store.trackedDocuments("follows", Follow.class, TOPIC);
		this.clock = clock;
	}

	/**
	 * Starts a follow; an active one does not change.
	 * @param cards the cards of both members
	 */
	public Mono<Stored<Follow>> start(String follower, String followee, List<TieCard> cards) {
		Instant now = this.clock.instant();
		String id = Follow.id(follower, followee);
		// A creation is tried first, since nearly every follow is the first one between
		// its two members.
		return this.documents.create(id, Follow.start(follower, followee, now, cards), Optional.empty())
			// A follow that was created in the same millisecond may have ended since.
			.filter((edge) -> edge.value().active())
			.onErrorResume(Conflict.class, (notTheFirst) -> Mono.empty())
			.switchIfEmpty(Mono.defer(() -> restart(id, now, cards)));
	}

	/**
	 * Starts many follows at once; active ones do not change. The events of new ones are
	 * sent when the completion has ended.
	 * @param completion receives the follows, in no order
	 */
	public <R> Mono<R> startAll(Collection<Edge> edges, Function<List<Stored<Follow>>, Mono<R>> completion) {
		Instant now = this.clock.instant();
		Map<String, Change<Follow>> creations = new LinkedHashMap<>();
		edges.forEach((edge) -> creations.put(Follow.id(edge.from(), edge.to()),
				Follow.start(edge.from(), edge.to(), now, List.of())));
		return this.documents.createAll(creations,
				(taken) -> started(creations, taken, now).collectList().flatMap(completion));
	}

	private Flux<Stored<Follow>> started(Map<String, Change<Follow>> creations, Set<String> taken, Instant now) {
		Flux<Stored<Follow>> created = Flux.fromIterable(creations.entrySet())
			.filter((creation) -> !taken.contains(creation.getKey()))
			.map((creation) -> new Stored<>(creation.getKey(), 1, created(creation.getValue()), now, now, 0));
		return created.concatWith(Flux.fromIterable(taken).flatMap((id) -> restart(id, now, List.of()), RESTARTS));
	}

	/** Ends a follow; empty if there never was one. An inactive one does not change. */
	public Mono<Stored<Follow>> end(String follower, String followee) {
		Instant now = this.clock.instant();
		return this.documents.change(Follow.id(follower, followee), (edge) -> edge.value().end(now))
			.onErrorResume(NotFound.class, (neverFollowed) -> Mono.empty());
	}

	/**
	 * Ends a follow if it has not changed.
	 * @return the follow as it is afterwards
	 */
	Mono<Stored<Follow>> end(Stored<Follow> unchanged) {
		Instant now = this.clock.instant();
		return this.documents.change(unchanged.id(),
				(edge) -> (edge.version() == unchanged.version()) ? edge.value().end(now) : Change.none(edge.value()));
	}

	/** Finds a follow, also an inactive one; empty if there never was one. */
	public Mono<Stored<Follow>> find(String follower, String followee) {
		return this.documents.find(Follow.id(follower, followee));
	}

	/** Finds several follows by their ids, also inactive ones. */
	public Flux<Stored<Follow>> findAll(Collection<String> ids) {
		return this.documents.findAll(ids);
	}

	/**
	 * Reads all follows by ascending id, also inactive ones. They are read on demand.
	 * @param after the id after which to begin
	 */
	public Flux<Stored<Follow>> scan(String after) {
		return this.documents.scan(Filters.gt("_id", after), Sorts.ascending("_id"));
	}

	/**
	 * Reads all follows by which a member follows or followed others, by ascending id of
	 * the followee. They are read on demand.
	 */
	public Flux<Stored<Follow>> scanOf(String follower) {
		BsonDocument ids = new BsonDocument("$gte", new BsonString(Follow.id(follower, ""))).append("$lt",
				new BsonString(follower + ";"));
		return this.documents.scan(new BsonDocument("_id", ids), Sorts.ascending("_id"));
	}

	private static Follow created(Change<Follow> creation) {
		return Objects.requireNonNull(creation.next());
	}

	private Mono<Stored<Follow>> restart(String id, Instant at, List<TieCard> cards) {
		return this.documents.change(id, (edge) -> edge.value().restart(at, cards));
	}

}
