package dev.agora.platform.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.opentelemetry.api.trace.SpanBuilder;
import org.bson.BsonDocument;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.tracing.CommandSpans;
import dev.agora.platform.tracing.ActiveSpan;

/** Creates the combined operations on a collection. */
public final class CombinedCommands {

	private CombinedCommands() {
	}

	/** Combines searches by id. Each returns its document, or nothing. */
	public static CombinedOperations<String, Optional<BsonDocument>> finds(MongoCollection<BsonDocument> collection) {
		return new CombinedOperations<>(span("find", collection), (ids) -> find(collection, ids));
	}

	/**
	 * Combines inserts. Each returns true if its document was inserted, and false if the
	 * id was taken.
	 */
	public static CombinedOperations<BsonDocument, Boolean> inserts(MongoCollection<BsonDocument> collection) {
		return new CombinedOperations<>(span("insert", collection),
				(documents) -> write(collection, documents.stream().map(InsertOneModel::new).toList()));
	}

	/**
	 * Combines updates that insert their document if it is missing. Each returns true if
	 * it wrote, and false if its document exists but did not match.
	 */
	public static CombinedOperations<UpdateOneModel<BsonDocument>, Boolean> upserts(
			MongoCollection<BsonDocument> collection) {
		return new CombinedOperations<>(span("update", collection),
				(updates) -> upsert(updates, (some) -> write(collection, some)));
	}

	/** The command runs for several requests, so each has a span of its own for it. */
	private static Function<ActiveSpan, SpanBuilder> span(String command, MongoCollection<?> collection) {
		String name = collection.getNamespace().getCollectionName();
		return (parent) -> CommandSpans.prepare(parent, command, name).setAttribute("agora.combined", true);
	}

	/**
	 * Sends updates, and repeats those whose id was taken: another process may have
	 * inserted an older document at the same time. Now it exists, so the second outcome
	 * is final.
	 * @param write returns whether each update wrote
	 */
	static <U> Mono<List<Boolean>> upsert(List<U> updates, Function<List<U>, Mono<List<Boolean>>> write) {
		return write.apply(updates).flatMap((first) -> {
			List<Integer> refused = IntStream.range(0, first.size()).filter((i) -> !first.get(i)).boxed().toList();
			return refused.isEmpty() ? Mono.just(first) : write.apply(refused.stream().<U>map(updates::get).toList())
				.map((second) -> replace(first, refused, second));
		});
	}

	private static List<Boolean> replace(List<Boolean> outcomes, List<Integer> indexes, List<Boolean> replacements) {
		List<Boolean> replaced = new ArrayList<>(outcomes);
		IntStream.range(0, indexes.size()).forEach((i) -> replaced.set(indexes.get(i), replacements.get(i)));
		return replaced;
	}

	private static Mono<List<Optional<BsonDocument>>> find(MongoCollection<BsonDocument> collection,
			Collection<String> ids) {
		return Batches.of(collection.find(Filters.in("_id", new HashSet<>(ids))))
			.collectMap((document) -> document.getString("_id").getValue())
			.map((found) -> ids.stream().map((id) -> Optional.ofNullable(found.get(id))).toList());
	}

	private static Mono<List<Boolean>> write(MongoCollection<BsonDocument> collection,
			List<? extends WriteModel<BsonDocument>> writes) {
		return Mono.from(collection.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
			.map((written) -> outcomes(writes.size(), Set.of()))
			.onErrorResume(MongoBulkWriteException.class, (failure) -> onlyTaken(failure)
					? Mono.just(outcomes(writes.size(), indexes(failure))) : Mono.error(failure));
	}

	/** Whether no write failed for another reason than an id that is taken. */
	static boolean onlyTaken(MongoBulkWriteException failure) {
		return failure.getWriteConcernError() == null && failure.getWriteErrors()
			.stream()
			.allMatch((error) -> ErrorCategory.fromErrorCode(error.getCode()) == ErrorCategory.DUPLICATE_KEY);
	}

	private static Set<Integer> indexes(MongoBulkWriteException failure) {
		return new HashSet<>(failure.getWriteErrors().stream().map(BulkWriteError::getIndex).toList());
	}

	private static List<Boolean> outcomes(int size, Set<Integer> taken) {
		List<Boolean> outcomes = new ArrayList<>(Collections.nCopies(size, true));
		taken.forEach((index) -> outcomes.set(index, false));
		return outcomes;
	}

}
