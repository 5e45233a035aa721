package dev.agora.platform.document;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

import com.mongodb.ReadConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Idempotency;

/**
 * The system of record of one kind of aggregate. Each write is ONE update of ONE
 * document: the state, its version, and the event in the document's own outbox. Nothing
 * but {@code _id} is unique, and no write touches two documents.
 * <p>
 * Shard key: {@code _id}.
 *
 * @param <T> the aggregate's state
 */
public final class Documents<T> {

	private static final int READ_AHEAD = 256;

	private final DocumentCodec<T> codec;

	private final MongoCollection<BsonDocument> collection;

	private final DocumentStore store;

	private final Creations<T> creations;

	private final Changes<T> changes;

	private final Requests requests;

	Documents(DocumentCodec<T> codec, Outbox outbox, DocumentStore store) {
		this.codec = codec;
		this.collection = outbox.collection();
		this.store = store;
		this.creations = new Creations<>(codec, outbox, store);
		this.changes = new Changes<>(codec, outbox, store);
		this.requests = store.requests();
		outbox.prepare(store);
	}

	/**
	 * Asks for indexes, made when the service starts.
	 * @param keys the keys, as the store's queries need them
	 */
	public Documents<T> indexed(Bson... keys) {
		for (Bson key : keys) {
			this.store.addIndex(this.collection, key, new IndexOptions());
		}
		return this;
	}

	/**
	 * Writes a new document.
	 * @param id its id
	 * @param creation its first state and the event of its making
	 * @param idempotency what makes a repeated request the same one
	 * @return what is stored: the new document, or the one that the same request made
	 * before
	 * @throws Conflict if the id is taken
	 * @throws InvalidRequest if the idempotency key was used for another body
	 */
	public Mono<Stored<T>> create(String id, Change<T> creation, Optional<Idempotency> idempotency) {
		return idempotency.isEmpty() ? this.creations.insert(id, creation).onErrorMap(MongoFailures::toProblem)
				: reserve(id, idempotency).flatMap((reserved) -> createReserved(reserved, creation));
	}

	/**
	 * Reserves an id for what a request creates, if the request may be repeated.
	 * @param id the id, if the request has none yet
	 * @return the id under which it creates
	 * @throws InvalidRequest if the idempotency key was used for another body
	 */
	public Mono<String> reserve(String id, Optional<Idempotency> idempotency) {
		return Mono.justOrEmpty(idempotency)
			.flatMap((request) -> this.requests.reserve(request, id))
			.defaultIfEmpty(id)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Writes a new document under an id that is reserved for it.
	 * @return what is stored: the new document, or the one that the same request made
	 * before
	 * @throws NotFound if that was removed since
	 * @throws Conflict if the id was fenced
	 */
	public Mono<Stored<T>> createReserved(String id, Change<T> creation) {
		return this.creations.insertReserved(id, creation).onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Makes sure that an id that was promised to a document will never have one.
	 * @return false if it has one, or still retains something of one
	 */
	public Mono<Boolean> fence(String id) {
		return this.creations.fence(id).onErrorMap(MongoFailures::toProblem);
	}

	/** Whether anything was ever written under an id and is not purged yet. */
	public Mono<Boolean> isUsed(String id) {
		return Mono.from(this.collection.find(Filters.eq(id)).first())
			.hasElement()
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Whether a document was removed on behalf of a member, as far as is known. */
	public Mono<Boolean> wasRemovedBy(String memberId, String id) {
		Bson removed = Filters.and(Filters.eq(id), Filters.eq(Outbox.REMOVED_BY, memberId));
		return Mono.from(this.collection.withReadConcern(ReadConcern.MAJORITY).find(removed).first())
			.hasElement()
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Changes a document by compare-and-set on its version, again if the race was lost.
	 * @param id its id
	 * @param decision from the current state to a change; must be pure
	 * @return the state afterwards; empty if the change was its removal
	 * @throws NotFound if there is no such document
	 */
	public Mono<Stored<T>> change(String id, Function<Stored<T>, Change<T>> decision) {
		return this.changes.change(id, decision)
			.flatMap((outcome) -> Mono.justOrEmpty(outcome))
			.onErrorMap(MongoFailures::toProblem);
	}

	/** One document from the source of truth; empty if it is not there. */
	public Mono<Stored<T>> find(String id) {
		return list(this.collection.withReadConcern(ReadConcern.MAJORITY), Filters.eq(id), null, 1).next();
	}

	/** Several documents by id, in no order; those not there are left out. */
	public Flux<Stored<T>> findAll(Collection<String> ids) {
		return list(this.collection, Filters.in("_id", ids), null, 0);
	}

	/**
	 * Live documents in order.
	 * @param filter on {@code _id} and {@code value.*}
	 * @param sort the order
	 * @param limit how many at the most
	 */
	public Flux<Stored<T>> list(Bson filter, Bson sort, int limit) {
		return list(this.collection, filter, sort, limit);
	}

	/** Live documents in order, however many: few are read ahead of who takes them. */
	public Flux<Stored<T>> scan(Bson filter, Bson sort) {
		return list(filter, sort, 0).limitRate(READ_AHEAD);
	}

	/** How many documents match, what remains of removed ones among them. */
	public Mono<Long> count(Bson filter) {
		return Mono.from(this.collection.countDocuments(filter)).onErrorMap(MongoFailures::toProblem);
	}

	private Flux<Stored<T>> list(MongoCollection<BsonDocument> from, Bson filter, @Nullable Bson sort, int limit) {
		return Batches
			.of(from.find(Filters.and(filter, Filters.exists(Outbox.REMOVED_AT, false))).sort(sort).limit(limit))
			.map(this.codec::stored)
			.onErrorMap(MongoFailures::toProblem);
	}

}
