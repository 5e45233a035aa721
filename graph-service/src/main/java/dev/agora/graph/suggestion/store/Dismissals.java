package dev.agora.graph.suggestion.store;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The dismissed suggestions, one document a member and dismissed member.
 * <p>
 * Shard key: {@code owner}, the member who dismissed the other.
 */
public final class Dismissals {

	private static final String OWNER = "owner";

	private static final String OTHER = "other";

	private final MongoCollection<BsonDocument> collection;

	public Dismissals(MongoDatabase database, DocumentStore store) {
		this.collection = database.getCollection("dismissals", BsonDocument.class);
		store.addIndex(this.collection, Indexes.ascending(OWNER, OTHER), new IndexOptions());
	}

	/** Dismisses a member; may be repeated. */
	public Mono<Void> add(String owner, String other) {
		Mono<Void> upsert = Mono
			.from(this.collection.updateOne(pair(owner, other), Updates.set(OTHER, other),
					new UpdateOptions().upsert(true)))
			.then();
		// Two concurrent upserts of one id: the second one finds the document.
		return FailoverRetry.retry(upsert.onErrorResume(MongoFailures::isDuplicate, (exists) -> upsert))
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Whether a member has dismissed another. */
	public Mono<Boolean> contains(String owner, String other) {
		return Mono.from(this.collection.find(pair(owner, other)).first())
			.hasElement()
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Finds those of some members whom a member has dismissed. */
	public Mono<Set<String>> find(String owner, Collection<String> others) {
		return Batches.of(this.collection.find(Filters.and(Filters.eq(OWNER, owner), Filters.in(OTHER, others))))
			.map((dismissal) -> dismissal.getString(OTHER).getValue())
			.collect(Collectors.toSet())
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Lists the members whom a member has dismissed. They are read on demand. */
	public Flux<String> list(String owner) {
		return Batches.of(this.collection.find(Filters.eq(OWNER, owner)).sort(Sorts.ascending(OTHER)))
			.map((dismissal) -> dismissal.getString(OTHER).getValue())
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Removes all dismissals of a member. */
	public Mono<Void> removeAll(String owner) {
		return Mono.from(this.collection.deleteMany(Filters.eq(OWNER, owner)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** The id makes concurrent dismissals of the same member one document. */
	private static Bson pair(String owner, String other) {
		// Not Filters.and: some servers do not find the id of a new document inside $and.
		return new BsonDocument("_id", new BsonString(owner + ":" + other)).append(OWNER, new BsonString(owner));
	}

}
