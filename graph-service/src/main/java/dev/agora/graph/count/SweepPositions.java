package dev.agora.graph.count;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.MongoFailures;

/**
 * How far the background tasks have come that read a whole collection by ascending id.
 * <p>
 * Shard key: {@code _id}, the name of the task.
 */
public final class SweepPositions {

	/** The position before all ids. */
	public static final String BEGINNING = "";

	/** The position after all ids. */
	public static final String END = "~";

	private static final String POSITION = "position";

	private final MongoCollection<BsonDocument> collection;

	public SweepPositions(MongoDatabase database) {
		this.collection = database.getCollection("sweepPositions", BsonDocument.class);
	}

	/** Finds the last id that a task has processed. */
	public Mono<String> find(String task) {
		return Mono.from(this.collection.find(Filters.eq(task)).first())
			.map((found) -> found.getString(POSITION).getValue())
			.defaultIfEmpty(BEGINNING)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Stores the last id that a task has processed. */
	public Mono<Void> save(String task, String position) {
		Mono<Void> upsert = Mono
			.from(this.collection.updateOne(Filters.eq(task), Updates.set(POSITION, position),
					new UpdateOptions().upsert(true)))
			.then();
		// Of two concurrent upserts of one id, the second one finds the document.
		return upsert.onErrorResume(MongoFailures::isDuplicate, (exists) -> upsert)
			.onErrorMap(MongoFailures::toProblem);
	}

}
