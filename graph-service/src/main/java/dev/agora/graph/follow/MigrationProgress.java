package dev.agora.graph.follow;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.MongoFailures;

/**
 * How far the follows from before ties have been migrated.
 * <p>
 * Shard key: {@code _id}; it has one document.
 */
public final class MigrationProgress {

	private static final String ID = "ties";

	private static final String POSITION = "position";

	private static final String DONE = "done";

	private final MongoCollection<BsonDocument> collection;

	public MigrationProgress(MongoDatabase database) {
		this.collection = database.getCollection("migrations", BsonDocument.class);
	}

	/** Finds the id of the last migrated follow; empty if all of them are migrated. */
	Mono<String> find() {
		return Mono.from(this.collection.find(Filters.eq(ID)).first())
			.defaultIfEmpty(new BsonDocument())
			.filter((progress) -> !progress.getBoolean(DONE, BsonBoolean.FALSE).getValue())
			.map((progress) -> progress.getString(POSITION, new BsonString("")).getValue())
			.onErrorMap(MongoFailures::toProblem);
	}

	Mono<Void> save(String position) {
		return update(Updates.set(POSITION, position));
	}

	Mono<Void> finish() {
		return update(Updates.set(DONE, true));
	}

	/** Two instances that start at once may write the first document both. */
	private Mono<Void> update(Bson update) {
		Mono<Void> upsert = Mono
			.from(this.collection.updateOne(Filters.eq(ID), update, new UpdateOptions().upsert(true)))
			.then();
		return upsert.onErrorResume(MongoFailures::isDuplicate, (exists) -> upsert)
			.onErrorMap(MongoFailures::toProblem);
	}

}
