package dev.agora.product.imports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.BulkInsert;
import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The ids of the products that members have imported, by the sellers' own keys. The id of
 * a product is assigned to its key before the product is created, so that a repeated
 * import finds it. Each entry also has the row that wrote it last, by which a resumed
 * import recognises what it did before.
 * <p>
 * Shard key: {@code _id}, the digest of the seller and the key.
 */
public final class SellerKeys {

	private static final String PRODUCT = "product";

	private static final String JOB = "job";

	private static final String LINE = "line";

	private static final String OUTCOME = "outcome";

	private final MongoCollection<BsonDocument> collection;

	public SellerKeys(MongoDatabase database) {
		this.collection = database.getCollection("sellerKeys", BsonDocument.class);
	}

	/**
	 * Finds the products of keys, and assigns new ids to the keys that have none.
	 * @param rows the rows by key
	 * @param ids generates the ids of products
	 * @return the assignments by key; those of this call are fresh
	 */
	Mono<Map<String, Assignment>> assign(Map<String, WrittenRow> rows, Supplier<String> ids) {
		return find(rows.keySet()).flatMap((known) -> {
			Map<String, WrittenRow> missing = new LinkedHashMap<>(rows);
			missing.keySet().removeAll(known.keySet());
			return missing.isEmpty() ? Mono.just(known) : assignMissing(known, missing, ids);
		}).onErrorMap(MongoFailures::toProblem);
	}

	private Mono<Map<String, Assignment>> assignMissing(Map<String, Assignment> known, Map<String, WrittenRow> missing,
			Supplier<String> ids) {
		List<BsonDocument> entries = new ArrayList<>();
		missing.forEach((key, row) -> entries.add(toBson(key, new Assignment(ids.get(), row, true))));
		return insert(entries).flatMap(this::find).map((taken) -> merge(known, entries, taken));
	}

	private Mono<Map<String, Assignment>> find(Collection<String> keys) {
		return keys.isEmpty() ? Mono.just(new HashMap<>()) : Batches.of(this.collection.find(Filters.in("_id", keys)))
			.collectMap((entry) -> entry.getString("_id").getValue(), SellerKeys::toAssignment);
	}

	private Mono<Set<String>> insert(List<BsonDocument> entries) {
		return FailoverRetry.retry(BulkInsert.insert(this.collection, entries));
	}

	private static Map<String, Assignment> merge(Map<String, Assignment> known, List<BsonDocument> inserted,
			Map<String, Assignment> taken) {
		Map<String, Assignment> all = new HashMap<>(known);
		inserted.forEach((entry) -> all.put(entry.getString("_id").getValue(), toAssignment(entry).asFresh()));
		all.putAll(taken);
		return all;
	}

	/** Records the rows that are about to be written. */
	Mono<Void> record(Map<String, WrittenRow> rows) {
		List<WriteModel<BsonDocument>> updates = new ArrayList<>();
		rows.forEach((key, row) -> updates
			.add(new UpdateOneModel<>(Filters.eq(key), Updates.combine(Updates.set(JOB, row.job()),
					Updates.set(LINE, row.line()), Updates.set(OUTCOME, row.outcome().name())))));
		return updates.isEmpty() ? Mono.empty()
				: FailoverRetry
					.retry(Mono.from(this.collection.bulkWrite(updates, new BulkWriteOptions().ordered(false))))
					.onErrorMap(MongoFailures::toProblem)
					.then();
	}

	/**
	 * Assigns another id to a key whose product was deleted.
	 * @param deleted the id of the deleted product
	 * @return the assignment afterwards, which may be that of a concurrent import
	 */
	Mono<Assignment> reassign(String key, String deleted, String id) {
		return Mono
			.from(this.collection.updateOne(Filters.and(Filters.eq(key), Filters.eq(PRODUCT, deleted)),
					Updates.set(PRODUCT, id)))
			.then(Mono.from(this.collection.find(Filters.eq(key)).first()))
			.map(SellerKeys::toAssignment)
			.onErrorMap(MongoFailures::toProblem);
	}

	private static BsonDocument toBson(String key, Assignment assignment) {
		WrittenRow row = assignment.row();
		return new BsonDocument("_id", new BsonString(key)).append(PRODUCT, new BsonString(assignment.product()))
			.append(JOB, new BsonString(row.job()))
			.append(LINE, new BsonInt64(row.line()))
			.append(OUTCOME, new BsonString(row.outcome().name()));
	}

	private static Assignment toAssignment(BsonDocument entry) {
		return new Assignment(
				entry.getString(PRODUCT).getValue(), new WrittenRow(entry.getString(JOB).getValue(),
						entry.getInt64(LINE).getValue(), ImportOutcome.valueOf(entry.getString(OUTCOME).getValue())),
				false);
	}

	/**
	 * A row that wrote a product.
	 *
	 * @param job the id of the job
	 * @param line the line on which the row begins
	 * @param outcome what the job did with it
	 */
	record WrittenRow(String job, long line, ImportOutcome outcome) {

		boolean isSameRow(WrittenRow other) {
			return this.job.equals(other.job) && this.line == other.line;
		}

	}

	/**
	 * The product of a key.
	 *
	 * @param product the id of the product
	 * @param row the row that wrote it last
	 * @param fresh whether the id was assigned just now, so that the product cannot exist
	 */
	record Assignment(String product, WrittenRow row, boolean fresh) {

		Assignment asFresh() {
			return new Assignment(this.product, this.row, true);
		}

	}

}
