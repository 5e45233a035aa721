package dev.agora.feed.activity;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Idempotency;

/**
 * All activities; what every feed is made of.
 * <p>
 * Shard key: {@code _id}. What members did is asked of all shards, each by an index;
 * feeds in Redis spare most of it.
 */
public final class Activities {

	/** Where what happens to activities is told. */
	public static final String TOPIC = "feed.activities.v1";

	private static final String AUTHOR = "value.author.id";

	private static final String PRODUCT = "value.product.id";

	private final Documents<Activity> documents;

	private final IdGenerator ids;

	private final Clock clock;

	public Activities(DocumentStore store, IdGenerator ids, Clock clock) {
		this.documents = store.documents("activities", Activity.class, TOPIC)
			.indexed(Indexes.compoundIndex(Indexes.ascending(AUTHOR), Indexes.descending("_id")),
					Indexes.compoundIndex(Indexes.ascending(PRODUCT), Indexes.descending("_id")));
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Adds what a member does now.
	 * @param deed from the time of its happening to the activity
	 * @param idempotency what makes a repeated request the same one
	 * @return what is stored: the new activity, or the one that the same request made
	 * before
	 */
	public Mono<ActivityView> add(Function<Instant, Change<Activity>> deed, Optional<Idempotency> idempotency) {
		return Mono.defer(() -> this.documents.create(this.ids.next(), deed.apply(now()), idempotency))
			.map(ActivityView::of);
	}

	/**
	 * Adds what happened elsewhere under the id that it has there; once, however often.
	 */
	public Mono<Void> addOnce(String id, Change<Activity> deed) {
		return this.documents.create(id, deed, Optional.empty())
			.onErrorResume(Conflict.class, (thereAlready) -> Mono.empty())
			.then();
	}

	/**
	 * Deletes a post on behalf of a member; succeeds again where they deleted it before.
	 * @throws NotFound if there is no such activity
	 */
	public Mono<Void> delete(String id, String memberId) {
		return this.documents.change(id, (current) -> current.value().deleteBy(memberId, now()))
			.then()
			.onErrorResume(NotFound.class, (gone) -> requireDeletedBy(memberId, id));
	}

	/**
	 * Changes an activity, if it is still there.
	 * @param decision from its state to a change; must be pure
	 */
	public Mono<Void> changeIfPresent(String id, Function<Activity, Change<Activity>> decision) {
		return this.documents.change(id, (current) -> decision.apply(current.value()))
			.onErrorResume(NotFound.class, (gone) -> Mono.empty())
			.then();
	}

	/**
	 * The ids of the activities that know their author by an older version than this.
	 * Read as they are asked for, so there may be many.
	 */
	public Flux<String> byAuthorBefore(String authorId, long version) {
		return ids(Filters.and(Filters.eq(AUTHOR, authorId), Filters.lt("value.author.version", version)));
	}

	/** The ids of the activities about a product. Read as they are asked for. */
	public Flux<String> about(String productId) {
		return ids(Filters.eq(PRODUCT, productId));
	}

	/** An activity by id, from the source of truth; empty if it is not there. */
	public Mono<ActivityView> find(String id) {
		return IdGenerator.isId(id) ? this.documents.find(id).map(ActivityView::of) : Mono.empty();
	}

	/** Activities by id, in no order; those not there are left out. */
	public Flux<ActivityView> findAll(Collection<String> ids) {
		return this.documents.findAll(ids).map(ActivityView::of);
	}

	/**
	 * What some members did, newest first.
	 * @param authors the members' ids
	 * @param before only activities with lower ids, null for all
	 * @param limit how many at the most
	 */
	public Flux<ActivityView> by(Collection<String> authors, @Nullable String before, int limit) {
		Bson theirs = Filters.in(AUTHOR, authors);
		Bson wanted = (before != null) ? Filters.and(theirs, Filters.lt("_id", before)) : theirs;
		return this.documents.list(wanted, Sorts.descending("_id"), limit).map(ActivityView::of);
	}

	private Mono<Void> requireDeletedBy(String memberId, String id) {
		return this.documents.wasRemovedBy(memberId, id)
			.flatMap((repeated) -> repeated ? Mono.empty() : Mono.error(NotFound.of("post", id)));
	}

	private Flux<String> ids(Bson filter) {
		return this.documents.scan(filter, Sorts.descending("_id")).map(Stored::id);
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
