package dev.agora.platform.document;

import java.util.List;
import java.util.Map;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.MongoFailures;

/**
 * Counts of a collection: a tally beside the state of each document, and the numbers of
 * documents. A document remembers the last batch that its tally has, so that a repeated
 * batch is counted once.
 */
public final class Tallies {

	static final String FIELD = "tally";

	private static final String BATCH = "tallyBatch";

	private final MongoCollection<BsonDocument> collection;

	Tallies(MongoCollection<BsonDocument> collection) {
		this.collection = collection;
	}

	/**
	 * Adds to the tallies of documents. A repeated batch is added once.
	 * @param batch an id; batches with lower ids than the last one are ignored
	 * @param amounts what to add, by the id of the document; unknown ids are ignored
	 */
	public Mono<Void> add(String batch, Map<String, Long> amounts) {
		List<WriteModel<BsonDocument>> writes = amounts.entrySet()
			.stream()
			.map((amount) -> addition(batch, amount))
			.toList();
		return writes.isEmpty() ? Mono.empty()
				: Mono.from(this.collection.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
					.onErrorMap(MongoFailures::toProblem)
					.then();
	}

	/**
	 * Counts the documents that match, by a whole number in them.
	 * @param field the field with the number
	 * @param filter a filter on {@code value.*}, so that tombstones do not count
	 */
	public Mono<Map<Integer, Long>> countBy(String field, Bson filter) {
		return Flux
			.from(this.collection.aggregate(
					List.of(Aggregates.match(filter), Aggregates.group("$" + field, Accumulators.sum("count", 1)))))
			.collectMap((group) -> group.getNumber("_id").intValue(), (group) -> group.getNumber("count").longValue())
			.onErrorMap(MongoFailures::toProblem);
	}

	private static WriteModel<BsonDocument> addition(String batch, Map.Entry<String, Long> amount) {
		Bson notCounted = Filters.and(Filters.eq(amount.getKey()), Filters.exists(Outbox.REMOVED_AT, false),
				Filters.not(Filters.gte(BATCH, batch)));
		return new UpdateOneModel<>(notCounted,
				Updates.combine(Updates.inc(FIELD, amount.getValue()), Updates.set(BATCH, batch)));
	}

}
