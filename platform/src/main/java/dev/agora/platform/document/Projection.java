package dev.agora.platform.document;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.CombinedCommands;
import dev.agora.platform.mongo.CombinedOperations;
import dev.agora.platform.mongo.DatabaseSchema;
import dev.agora.platform.mongo.MongoFailures;

/**
 * A service's own copies of the aggregates of another service, fed by events. An event
 * whose version is not higher than that of the copy changes nothing, so events may arrive
 * more than once and in any order. Writes that begin at the same time share a command.
 * <p>
 * Shard key: {@code _id}, the id of the aggregate.
 *
 * @param <T> the type of the copy
 */
public final class Projection<T> {

	private final MongoCollection<BsonDocument> collection;

	private final DocumentCodec<T> codec;

	private final DatabaseSchema schema;

	private final CombinedOperations<String, Optional<BsonDocument>> finds;

	private final CombinedOperations<UpdateOneModel<BsonDocument>, Boolean> upserts;

	Projection(MongoCollection<BsonDocument> collection, DocumentCodec<T> codec, DatabaseSchema schema) {
		this.collection = collection;
		this.codec = codec;
		this.schema = schema;
		this.finds = CombinedCommands.finds(collection);
		this.upserts = CombinedCommands.upserts(collection);
	}

	/**
	 * Adds indexes, which are built when the service starts.
	 * @param keys the keys of each index
	 */
	public Projection<T> indexed(Bson... keys) {
		for (Bson key : keys) {
			this.schema.addIndex(this.collection, key, new IndexOptions());
		}
		return this;
	}

	/**
	 * Inserts or updates a copy, unless it has this version or a later one.
	 * @param id the id of the aggregate
	 * @param version the version of the aggregate
	 * @param value the copy
	 * @return whether the copy was written
	 */
	public Mono<Boolean> upsert(String id, long version, T value) {
		return write(id, below(version), new Projected<>(version, value));
	}

	/**
	 * Deletes the copy of a deleted aggregate. Its version stays, so that no older event
	 * restores the copy.
	 */
	public Mono<Boolean> remove(String id, long version) {
		return write(id, below(version), new Projected<>(version, null));
	}

	/**
	 * Replaces a copy, unless it has changed since it was read.
	 * @param read the version of the copy that was read, or 0 if there was none
	 * @param next the next version, not below the one that was read
	 * @return whether the copy was replaced
	 */
	public Mono<Boolean> compareAndSet(String id, long read, Projected<T> next) {
		return write(id, new BsonInt64(read), next);
	}

	/** Finds a copy, also one of a deleted aggregate; empty if there is none. */
	public Mono<Projected<T>> find(String id) {
		return Mono.from(this.collection.find(Filters.eq(id)).first())
			.map(this::toProjected)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Finds a copy for an event: those that are searched at the same time share a
	 * command.
	 */
	public Mono<Projected<T>> findForEvent(String id) {
		return this.finds.send(id)
			.flatMap(Mono::justOrEmpty)
			.map(this::toProjected)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Finds several copies, in no particular order; those that do not exist are left out.
	 */
	public Flux<T> findAll(Collection<String> ids) {
		return list(Filters.in("_id", ids), null, 0);
	}

	/**
	 * Finds several copies with their versions, in no particular order. Those that do not
	 * exist and those of deleted aggregates are left out.
	 */
	public Flux<Projected<T>> findVersions(Collection<String> ids) {
		return Batches.of(this.collection.find(Filters.and(Filters.in("_id", ids), Filters.exists("value"))))
			.map(this::toProjected)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Finds several copies by id, also those of deleted aggregates. */
	public Mono<Map<String, Projected<T>>> findStates(Collection<String> ids) {
		return Batches.of(this.collection.find(Filters.in("_id", ids)))
			.collectMap((copy) -> copy.getString("_id").getValue(), this::toProjected)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Whether the copies have these versions or later ones.
	 * @param versions the versions by the ids of the aggregates
	 */
	public Mono<Boolean> hasVersions(Map<String, Long> versions) {
		return versions(Filters.in("_id", versions.keySet())).map((known) -> versions.entrySet()
			.stream()
			.allMatch((version) -> known.getOrDefault(version.getKey(), Long.MIN_VALUE) >= version.getValue()));
	}

	/**
	 * Finds the versions of several copies by id, also those of deleted aggregates.
	 * @param filter a filter on {@code _id} and {@code value.*}
	 */
	public Mono<Map<String, Long>> versions(Bson filter) {
		return Batches.of(this.collection.find(filter).projection(Projections.include("version")))
			.collectMap((copy) -> copy.getString("_id").getValue(), (copy) -> copy.getInt64("version").getValue())
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Lists copies.
	 * @param filter a filter on {@code _id} and {@code value.*}
	 * @param sort the order, or null for none
	 * @param limit the maximum number, or 0 for all
	 */
	public Flux<T> list(Bson filter, @Nullable Bson sort, int limit) {
		return Batches.of(this.collection.find(Filters.and(filter, Filters.exists("value"))).sort(sort).limit(limit))
			.map((document) -> this.codec.decode(document.getDocument("value")))
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Lists one text of each copy without reading the rest, in no particular order if
	 * there is no sort.
	 * @param field the name of a text in the copies
	 * @param filter a filter on {@code value.*}, so that it finds no removed copies
	 * @param sort the order, or null for none
	 * @param limit the maximum number, or 0 for all
	 */
	public Flux<String> listTexts(String field, Bson filter, @Nullable Bson sort, int limit) {
		return Batches
			.of(this.collection.find(filter)
				.projection(Projections.fields(Projections.include("value." + field), Projections.excludeId()))
				.sort(sort)
				.limit(limit))
			.map((document) -> document.getDocument("value").getString(field).getValue())
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Lists one text of each copy, grouped by another one, without reading the rest.
	 * @param by the name of the text by which they are grouped
	 * @param field the name of the listed text
	 * @param filter a filter on {@code value.*}, so that it finds no removed copies
	 * @param limit the maximum number of copies
	 */
	public Mono<Map<String, List<String>>> groupTexts(String by, String field, Bson filter, int limit) {
		return Batches
			.of(this.collection.find(filter)
				.projection(Projections.fields(Projections.include("value." + by, "value." + field),
						Projections.excludeId()))
				.limit(limit))
			.map((document) -> document.getDocument("value"))
			.collect(Collectors.groupingBy((value) -> value.getString(by).getValue(),
					Collectors.mapping((value) -> value.getString(field).getValue(), Collectors.toList())))
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Counts copies.
	 * @param filter a filter on {@code value.*}, so that it finds no removed copies
	 * @param max the number at which the count ends
	 */
	public Mono<Long> count(Bson filter, int max) {
		return Mono.from(this.collection.countDocuments(filter, new CountOptions().limit(max)))
			.onErrorMap(MongoFailures::toProblem);
	}

	private Projected<T> toProjected(BsonDocument document) {
		return new Projected<>(document.getInt64("version").getValue(),
				document.containsKey("value") ? this.codec.decode(document.getDocument("value")) : null);
	}

	private static BsonValue below(long version) {
		return new BsonDocument("$lt", new BsonInt64(version));
	}

	/**
	 * Inserts or updates a copy whose version matches.
	 * @param version a version, or a condition of it
	 */
	private Mono<Boolean> write(String id, BsonValue version, Projected<T> next) {
		// Not Filters.and: some servers do not find the id of a new document inside $and.
		Bson matching = new BsonDocument("_id", new BsonString(id)).append("version", version);
		@Nullable T value = next.value();
		Bson copy = (value != null) ? Updates.set("value", this.codec.encode(value)) : Updates.unset("value");
		Bson update = Updates.combine(Updates.set("version", next.version()), copy);
		return this.upserts.send(new UpdateOneModel<>(matching, update, new UpdateOptions().upsert(true)))
			.onErrorMap(MongoFailures::toProblem);
	}

}
