package dev.agora.graph.follow;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * The system of record of follows.
 * <p>
 * Shard key: {@code _id}, follower and followee. Lists and counts query all shards, each
 * by an index.
 */
public final class Follows {

	/** The topic of the events of follows. */
	public static final String TOPIC = "graph.follows.v1";

	private static final String FOLLOWER = "value.follower";

	private static final String FOLLOWEE = "value.followee";

	private static final String ACTIVE = "value.active";

	private final Documents<Follow> documents;

	private final Clock clock;

	public Follows(DocumentStore store, Clock clock) {
		this.documents = store.documents("follows", Follow.class, TOPIC)
			.indexed(Indexes.compoundIndex(Indexes.ascending(FOLLOWER, ACTIVE), Indexes.descending(FOLLOWEE)),
					Indexes.compoundIndex(Indexes.ascending(FOLLOWEE, ACTIVE), Indexes.descending(FOLLOWER)));
		this.clock = clock;
	}

	/** Makes a member follow another; an active follow does not change. */
	public Mono<Stored<Follow>> follow(String follower, String followee) {
		Instant now = this.clock.instant();
		// A creation is tried first, since nearly every follow is the first one between
		// its two members.
		return this.documents
			.create(Follow.id(follower, followee), Follow.start(follower, followee, now), Optional.empty())
			.onErrorResume(Conflict.class, (notTheFirst) -> restart(follower, followee, now));
	}

	/**
	 * Makes a member stop following another; a missing or inactive follow does not
	 * change.
	 */
	public Mono<Void> unfollow(String follower, String followee) {
		return end(Follow.id(follower, followee));
	}

	/** Ends a follow; a missing or inactive follow does not change. */
	public Mono<Void> end(String id) {
		Instant now = this.clock.instant();
		return this.documents.change(id, (edge) -> edge.value().end(now))
			.onErrorResume(NotFound.class, (neverFollowed) -> Mono.empty())
			.then();
	}

	/** Whether a member follows another or followed them before. */
	Mono<Boolean> wasFollowed(String follower, String followee) {
		return this.documents.find(Follow.id(follower, followee)).hasElement();
	}

	/**
	 * Finds the ids of the active follows from and to a member. They are read on demand,
	 * so there may be many.
	 */
	public Flux<String> activeIdsOf(String member) {
		return this.documents.scan(active(FOLLOWER, member), Sorts.descending(FOLLOWEE))
			.concatWith(this.documents.scan(active(FOLLOWEE, member), Sorts.descending(FOLLOWER)))
			.map(Stored::id);
	}

	/** Lists a page of the ids of a member's followers. */
	Mono<Page<String>> followers(String member, PageRequest page) {
		return page(active(FOLLOWEE, member), FOLLOWER, page);
	}

	/** Lists a page of the ids of the members whom a member follows. */
	Mono<Page<String>> following(String member, PageRequest page) {
		return page(active(FOLLOWER, member), FOLLOWEE, page);
	}

	/** Lists a page of the ids of a member's followers whom the member follows back. */
	Mono<Page<String>> friends(String member, PageRequest page) {
		return followedBack(member).flatMap((back) -> page(back, FOLLOWER, page));
	}

	/** Counts a member's followers, followees and friends. */
	Mono<Counts> counts(String member) {
		return Mono
			.zip(this.documents.count(active(FOLLOWEE, member)), this.documents.count(active(FOLLOWER, member)),
					followedBack(member).flatMap(this.documents::count))
			.map((counts) -> new Counts(counts.getT1(), counts.getT2(), counts.getT3()));
	}

	/** Finds the relation of a viewer to a member. */
	Mono<Relation> relation(String viewer, String member) {
		String following = Follow.id(viewer, member);
		String followedBy = Follow.id(member, viewer);
		return this.documents.findAll(List.of(following, followedBy))
			.filter((edge) -> edge.value().active())
			.map(Stored::id)
			.collect(Collectors.toSet())
			.map((active) -> Relation.of(active.contains(following), active.contains(followedBy)));
	}

	private Mono<Stored<Follow>> restart(String follower, String followee, Instant at) {
		return this.documents.change(Follow.id(follower, followee), (edge) -> edge.value().restart(at));
	}

	/** Selects the active edges to a member from the members whom the member follows. */
	private Mono<Bson> followedBack(String member) {
		Flux<Stored<Follow>> followed = this.documents.list(active(FOLLOWER, member), Sorts.descending(FOLLOWEE), 0);
		return followed.map((edge) -> Follow.id(edge.value().followee(), member))
			.collectList()
			.map((ids) -> Filters.and(Filters.in("_id", ids), Filters.eq(ACTIVE, true)));
	}

	private Mono<Page<String>> page(Bson edges, String other, PageRequest page) {
		Bson part = (page.cursor() != null) ? Filters.and(edges, Filters.lt(other, page.cursor())) : edges;
		Function<Stored<Follow>, String> id = (edge) -> other.equals(FOLLOWER) ? edge.value().follower()
				: edge.value().followee();
		return this.documents.list(part, Sorts.descending(other), page.limit() + 1)
			.map(id)
			.collectList()
			.map((read) -> Page.cut(read, page, Function.identity()));
	}

	private static Bson active(String side, String member) {
		return Filters.and(Filters.eq(side, member), Filters.eq(ACTIVE, true));
	}

}
