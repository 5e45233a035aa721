package dev.agora.feed.activity;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
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
import dev.agora.platform.document.Outbox;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Idempotency;

/**
 * The system of record of activities.
 * <p>
 * Shard key: {@code _id}. The activities of authors are queried on all shards, each by an
 * index; the timelines in Redis save most of these queries.
 */
public final class Activities {

	/** The topic of the events of activities. */
	public static final String TOPIC = "feed.activities.v1";

	private static final String AUTHOR = "value.author.id";

	private static final String FRIEND = "value.friend.id";

	private static final String PRODUCT = "value.product.id";

	private static final String PRODUCT_VERSION = "value.product.version";

	private final Documents<Activity> documents;

	private final IdGenerator ids;

	private final Clock clock;

	public Activities(DocumentStore store, IdGenerator ids, Clock clock) {
		this.documents = store.trackedDocuments("activities", Activity.class, TOPIC)
			.indexed(Indexes.compoundIndex(Indexes.ascending(AUTHOR), Indexes.descending("_id")),
					Indexes.compoundIndex(Indexes.ascending(PRODUCT), Indexes.descending("_id")),
					Indexes.compoundIndex(Indexes.ascending(FRIEND, AUTHOR), Indexes.descending("_id")));
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Adds an activity that happens now.
	 * @param publication maps the current time to the activity
	 * @param idempotency identifies a repeated request
	 * @return the stored activity: the new one, or the one that an earlier attempt of the
	 * same request added
	 */
	public Mono<ActivityView> add(Function<Instant, Change<Activity>> publication, Optional<Idempotency> idempotency) {
		return Mono.defer(() -> this.documents.create(this.ids.next(), publication.apply(now()), idempotency))
			.map(ActivityView::of);
	}

	/**
	 * Adds an activity for an event, at most once under an id, also if it was removed
	 * less than a day ago. The caller ignores older events.
	 */
	public Mono<Void> addOnce(String id, Change<Activity> publication) {
		return this.documents.createForEvent(id, publication).then();
	}

	/**
	 * Deletes a post on behalf of a member; a repeated deletion succeeds.
	 * @throws NotFound if there is no such activity
	 */
	public Mono<Void> delete(String id, String memberId) {
		return this.documents.change(id, (current) -> current.value().deleteBy(memberId, now()))
			.then()
			.onErrorResume(NotFound.class, (notFound) -> requireDeletedBy(memberId, id));
	}

	/**
	 * Changes an activity if it still exists.
	 * @param decision maps the state to a change; must be pure
	 */
	public Mono<Void> changeIfPresent(String id, Function<Activity, Change<Activity>> decision) {
		return this.documents.change(id, (current) -> decision.apply(current.value()))
			.onErrorResume(NotFound.class, (deleted) -> Mono.empty())
			.then();
	}

	/** Removes an activity if it still exists. */
	public Mono<Void> remove(String id) {
		return changeIfPresent(id, (activity) -> activity.remove(now()));
	}

	/**
	 * Finds the ids of the activities that show an older version of their friend than
	 * this. They are read on demand, so there may be many.
	 */
	public Flux<String> idsWithFriendBefore(String friendId, long version) {
		return this.documents.listIds(
				Filters.and(Filters.eq(FRIEND, friendId), Filters.lt("value.friend.version", version)),
				Sorts.orderBy(Sorts.ascending(AUTHOR), Sorts.descending("_id")), 0);
	}

	/** Finds the ids of the activities by which a member befriended another. */
	public Flux<String> idsOfFriendship(String authorId, String friendId) {
		return ids(Filters.and(Filters.eq(FRIEND, friendId), Filters.eq(AUTHOR, authorId)));
	}

	/**
	 * Finds the ids of the activities that show an older version of their author than
	 * this. They are read on demand, so there may be many.
	 */
	public Flux<String> idsWithAuthorBefore(String authorId, long version) {
		return ids(Filters.and(Filters.eq(AUTHOR, authorId), Filters.lt("value.author.version", version)));
	}

	/** Finds the ids of the activities about a product. They are read on demand. */
	public Flux<String> idsAbout(String productId) {
		return ids(Filters.eq(PRODUCT, productId));
	}

	/**
	 * Finds the ids of the activities that show an older version of their product than
	 * this. They are read on demand, so there may be many.
	 */
	public Flux<String> idsWithProductBefore(String productId, long version) {
		// An activity from before these versions has none, and is older than all.
		return ids(Filters.and(Filters.eq(PRODUCT, productId), Filters.not(Filters.gte(PRODUCT_VERSION, version))));
	}

	/** Finds an activity; empty if it does not exist. */
	public Mono<ActivityView> find(String id) {
		return IdGenerator.isId(id) ? this.documents.find(id).map(ActivityView::of) : Mono.empty();
	}

	/** Whether an id has an activity, or had one that was removed lately. */
	public Mono<Boolean> isUsed(String id) {
		return this.documents.isUsed(id);
	}

	/** Whether each of some ids has an activity, or had one that was removed lately. */
	public Mono<Boolean> areUsed(Set<String> ids) {
		return ids.isEmpty() ? Mono.just(true)
				: this.documents.count(Filters.in("_id", ids)).map((used) -> used == ids.size());
	}

	/**
	 * Whether Kafka has acknowledged all events of some activities, also of removed ones.
	 */
	public Mono<Boolean> areSent(Collection<String> ids) {
		return this.documents.count(Filters.and(Filters.in("_id", ids), Filters.nor(Outbox.SENT)))
			.map((unsent) -> unsent == 0);
	}

	/** Finds the activities that exist, in no particular order. */
	public Flux<ActivityView> findAll(Collection<String> ids) {
		return this.documents.findAll(ids).map(ActivityView::of);
	}

	/**
	 * Finds the activities of some authors, newest first.
	 * @param authors the ids of the authors
	 * @param before selects activities with lower ids, or null for all
	 * @param limit the largest number of activities
	 */
	public Flux<ActivityView> findByAuthors(Collection<String> authors, @Nullable String before, int limit) {
		Bson all = Filters.in(AUTHOR, authors);
		Bson page = (before != null) ? Filters.and(all, Filters.lt("_id", before)) : all;
		return this.documents.list(page, Sorts.descending("_id"), limit).map(ActivityView::of);
	}

	/**
	 * Finds the ids of the newest activities of some authors, newest first. The index of
	 * authors has them, so no document is read.
	 */
	public Flux<String> newestIdsOf(Collection<String> authors, int limit) {
		return this.documents.listIds(Filters.in(AUTHOR, authors), Sorts.descending("_id"), limit);
	}

	/** Reads all activities of an author, the newest first. They are read on demand. */
	public Flux<ActivityView> scanOf(String author) {
		return this.documents.scan(Filters.eq(AUTHOR, author), Sorts.descending("_id")).map(ActivityView::of);
	}

	private Mono<Void> requireDeletedBy(String memberId, String id) {
		return this.documents.wasRemovedBy(memberId, id)
			.flatMap((repeated) -> repeated ? Mono.empty() : Mono.error(NotFound.of("post", id)));
	}

	private Flux<String> ids(Bson filter) {
		return this.documents.listIds(filter, Sorts.descending("_id"), 0);
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
