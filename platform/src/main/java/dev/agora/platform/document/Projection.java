package dev.agora.platform.document;

import java.util.Collection;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;

/**
 * A service's own copies of aggregates that another service owns, fed by events. Each is
 * guarded by the source's version: what is older or equal changes nothing, so events may
 * come twice and in any order.
 * <p>
 * Shard key: {@code _id}, the source's id.
 *
 * @param <T> the copy
 */
public final class Projection<T> {

	private final MongoCollection<BsonDocument> collection;

	private final DocumentCodec<T> codec;

	private final DocumentStore store;

	Projection(MongoCollection<BsonDocument> collection, DocumentCodec<T> codec, DocumentStore store) {
		this.collection = collection;
		this.codec = codec;
		this.store = store;
	}

	/**
	 * Asks for indexes, made when the service starts.
	 * @param keys the keys, as the store's queries need them
	 */
	public Projection<T> indexed(Bson... keys) {
		for (Bson key : keys) {
			this.store.addIndex(this.collection, key, new IndexOptions());
		}
		return this;
	}

	/**
	 * Keeps a newer state.
	 * @param id the source's id
	 * @param version the source's version
	 * @param value the copy
	 * @return whether it was newer than what was there
	 */
	public Mono<Boolean> put(String id, long version, T value) {
		return guarded(id, version, Updates.set("value", this.codec.encode(value)));
	}

	/**
	 * Forgets a copy whose source is gone; its version stays, so that no older event
	 * brings it back.
	 */
	public Mono<Boolean> remove(String id, long version) {
		return guarded(id, version, Updates.unset("value"));
	}

	/** What is known of a source, also that it is gone; empty where nothing is. */
	public Mono<Projected<T>> look(String id) {
		return Mono.from(this.collection.find(Filters.eq(id)).first())
			.map(this::known)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Whether any of some sources is known to be gone. */
	public Mono<Boolean> isAnyGone(Collection<String> ids) {
		Bson gone = Filters.and(Filters.in("_id", ids), Filters.exists("value", false));
		return Mono.from(this.collection.find(gone).first()).hasElement().onErrorMap(MongoFailures::toProblem);
	}

	/** Several copies by id, in no order; those not there are left out. */
	public Flux<T> findAll(Collection<String> ids) {
		return list(Filters.in("_id", ids), null, 0);
	}

	/**
	 * Copies in order.
	 * @param filter on {@code _id} and {@code value.*}
	 * @param sort the order, or null for none
	 * @param limit how many at the most, 0 for all
	 */
	public Flux<T> list(Bson filter, @Nullable Bson sort, int limit) {
		return Batches.of(this.collection.find(Filters.and(filter, Filters.exists("value"))).sort(sort).limit(limit))
			.map((document) -> this.codec.decode(document.getDocument("value")))
			.onErrorMap(MongoFailures::toProblem);
	}

	private Projected<T> known(BsonDocument document) {
		return new Projected<>(document.getInt64("version").getValue(),
				document.containsKey("value") ? this.codec.decode(document.getDocument("value")) : null);
	}

	private Mono<Boolean> guarded(String id, long version, Bson update) {
		// Not Filters.and: some servers do not find the id of a new document inside $and.
		Bson older = new BsonDocument("_id", new BsonString(id)).append("version",
				new BsonDocument("$lt", new BsonInt64(version)));
		return Mono
			.from(this.collection.updateOne(older, Updates.combine(Updates.set("version", version), update),
					new UpdateOptions().upsert(true)))
			.map((result) -> result.getModifiedCount() == 1 || result.getUpsertedId() != null)
			.onErrorResume(MongoFailures::isDuplicate, (newerIsThere) -> Mono.just(false))
			.onErrorMap(MongoFailures::toProblem);
	}

}
