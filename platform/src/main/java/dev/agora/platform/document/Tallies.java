package dev.agora.platform.document;

import java.util.List;
import java.util.Map;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

/**
 * Adds to the tallies of documents. A document remembers the last batch that it has
 * counted, so that a repeated batch is counted once.
 */
final class Tallies {

	static final String FIELD = "tally";

	private static final String BATCH = "tallyBatch";

	private final MongoCollection<BsonDocument> collection;

	Tallies(MongoCollection<BsonDocument> collection) {
		this.collection = collection;
	}

	/**
	 * Adds a batch; documents that do not exist, or have counted it, stay as they are.
	 */
	Mono<Void> add(String batch, Map<String, Long> amounts) {
		List<WriteModel<BsonDocument>> writes = amounts.entrySet()
			.stream()
			.map((amount) -> addition(batch, amount))
			.toList();
		return writes.isEmpty() ? Mono.empty()
				: Mono.from(this.collection.bulkWrite(writes, new BulkWriteOptions().ordered(false))).then();
	}

	private static WriteModel<BsonDocument> addition(String batch, Map.Entry<String, Long> amount) {
		Bson notCounted = Filters.and(Filters.eq(amount.getKey()), Filters.exists(Outbox.REMOVED_AT, false),
				Filters.not(Filters.gte(BATCH, batch)));
		return new UpdateOneModel<>(notCounted,
				Updates.combine(Updates.inc(FIELD, amount.getValue()), Updates.set(BATCH, batch)));
	}

}
