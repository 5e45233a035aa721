package dev.agora.graph.suggestion.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.suggestion.rank.Suggestion;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The lists of suggestions, one document a member who has read them. A list that the
 * member no longer reads expires.
 * <p>
 * Shard key: {@code _id}, the id of the member. The job's search for lists that are due
 * queries all shards, by the index of {@code dueAt}, which only lists of active members
 * have.
 */
public final class SuggestionLists {

	/** How long a list is kept that nobody reads. */
	private static final Duration TTL = Duration.ofDays(30);

	private static final String NUMBERS = "members";

	private static final String MUTUAL = "mutual";

	private static final String SCORES = "scores";

	private static final String COMPLETE = "complete";

	private static final String GRAPH_VERSION = "graphVersion";

	private static final String COMPUTED_AT = "computedAt";

	private static final String READ_AT = "readAt";

	private static final String DUE_AT = "dueAt";

	private static final String EXPIRES_AT = "expiresAt";

	private final MongoCollection<BsonDocument> collection;

	public SuggestionLists(MongoDatabase database, DocumentStore store) {
		this.collection = database.getCollection("suggestions", BsonDocument.class);
		store.addIndex(this.collection, Indexes.ascending(DUE_AT), new IndexOptions().sparse(true));
		store.addExpiry(this.collection, EXPIRES_AT);
	}

	/** Finds the list of a member; empty if there is none. */
	public Mono<StoredSuggestions> find(String member) {
		return Mono.from(this.collection.find(Filters.eq(member)).first())
			.map(SuggestionLists::toStored)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Stores a list that its member reads now.
	 * @param dueAt when a job is to compute it again
	 */
	public Mono<Void> put(String member, SuggestionList list, Instant dueAt) {
		Bson update = Updates.combine(toUpdate(list), toRead(list.computedAt()), Updates.set(DUE_AT, dueAt));
		Mono<Void> upsert = Mono
			.from(this.collection.updateOne(Filters.eq(member), update, new UpdateOptions().upsert(true)))
			.then();
		// Two concurrent upserts of one id: the second one finds the document.
		return FailoverRetry.retry(upsert.onErrorResume(MongoFailures::isDuplicate, (exists) -> upsert))
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Records that the member has read the list. */
	public Mono<Void> touch(String member, Instant readAt) {
		return update(Filters.eq(member), toRead(readAt));
	}

	/** Lets a job compute a list again, unless it is due earlier. */
	public Mono<Void> activate(String member, Instant dueAt) {
		return update(Filters.and(Filters.eq(member), Filters.exists(DUE_AT, false)), Updates.set(DUE_AT, dueAt));
	}

	/** Finds the members whose lists are due, the most overdue first. */
	public Flux<String> findDue(Instant now, int limit) {
		return Batches.of(this.collection.find(Filters.lte(DUE_AT, now)).sort(Sorts.ascending(DUE_AT)).limit(limit))
			.map((list) -> list.getString("_id").getValue())
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Stores a list that a job has computed, unless it was removed meanwhile. */
	public Mono<Void> refresh(String member, SuggestionList list, Instant dueAt) {
		return update(Filters.eq(member), Updates.combine(toUpdate(list), Updates.set(DUE_AT, dueAt)));
	}

	/** Lets a list be due later. */
	public Mono<Void> postpone(String member, Instant dueAt) {
		return update(Filters.eq(member), Updates.set(DUE_AT, dueAt));
	}

	/** Excludes a list from the job until its member reads it again. */
	public Mono<Void> deactivate(String member) {
		return update(Filters.eq(member), Updates.unset(DUE_AT));
	}

	/** Removes the list of a member. */
	public Mono<Void> remove(String member) {
		return Mono.from(this.collection.deleteOne(Filters.eq(member))).onErrorMap(MongoFailures::toProblem).then();
	}

	private Mono<Void> update(Bson filter, Bson update) {
		return Mono.from(this.collection.updateOne(filter, update)).onErrorMap(MongoFailures::toProblem).then();
	}

	private static Bson toRead(Instant readAt) {
		return Updates.combine(Updates.set(READ_AT, readAt), Updates.set(EXPIRES_AT, readAt.plus(TTL)));
	}

	private static Bson toUpdate(SuggestionList list) {
		List<Suggestion> items = list.items();
		return Updates.combine(
				Updates.set(NUMBERS, array(items.stream().map((item) -> new BsonInt64(item.number())).toList())),
				Updates.set(MUTUAL, array(items.stream().map((item) -> new BsonInt32(item.mutual())).toList())),
				Updates.set(SCORES, array(items.stream().map((item) -> new BsonDouble(item.score())).toList())),
				Updates.set(COMPLETE, list.isComplete()), Updates.set(GRAPH_VERSION, list.graphVersion()),
				Updates.set(COMPUTED_AT, list.computedAt()));
	}

	private static BsonArray array(List<? extends BsonValue> values) {
		return new BsonArray(values);
	}

	private static StoredSuggestions toStored(BsonDocument stored) {
		BsonArray numbers = stored.getArray(NUMBERS);
		BsonArray mutual = stored.getArray(MUTUAL);
		BsonArray scores = stored.getArray(SCORES);
		List<Suggestion> items = new ArrayList<>(numbers.size());
		for (int i = 0; i < numbers.size(); i++) {
			items.add(new Suggestion(numbers.get(i).asInt64().getValue(), mutual.get(i).asInt32().getValue(),
					scores.get(i).asDouble().getValue()));
		}
		SuggestionList list = new SuggestionList(List.copyOf(items), stored.getBoolean(COMPLETE).getValue(),
				stored.getInt64(GRAPH_VERSION).getValue(), toInstant(stored, COMPUTED_AT));
		return new StoredSuggestions(list, toInstant(stored, READ_AT), stored.containsKey(DUE_AT));
	}

	private static Instant toInstant(BsonDocument stored, String field) {
		return Instant.ofEpochMilli(stored.getDateTime(field).getValue());
	}

}
