package dev.agora.platform.document;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.mongodb.ReadConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.CombinedCommands;
import dev.agora.platform.mongo.CombinedOperations;
import dev.agora.platform.mongo.DatabaseSchema;
import dev.agora.platform.mongo.MongoFailures;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Idempotency;

/**
 * The system of record of one kind of aggregate. Each write is ONE update of ONE
 * document: the state, its version, and the event in the document's own outbox. No index
 * but that of {@code _id} is unique, and no write touches two documents.
 * <p>
 * Shard key: {@code _id}.
 *
 * @param <T> the aggregate's state
 */
public final class Documents<T> {

	private static final int PREFETCH = 256;

	private final DocumentCodec<T> codec;

	private final MongoCollection<BsonDocument> collection;

	private final DatabaseSchema schema;

	private final Creations<T> creations;

	private final Changes<T> changes;

	private final Tallies tallies;

	private final Outbox outbox;

	private final Reservations reservations;

	private final CombinedOperations<String, Optional<BsonDocument>> finds;

	Documents(DocumentCodec<T> codec, Outbox outbox, OutboxEntry.Factory entries, Reservations reservations,
			DatabaseSchema schema) {
		this.codec = codec;
		this.outbox = outbox;
		this.collection = outbox.collection();
		this.schema = schema;
		this.creations = new Creations<>(codec, outbox, entries);
		this.changes = new Changes<>(codec, outbox, entries);
		this.tallies = new Tallies(this.collection);
		this.reservations = reservations;
		this.finds = CombinedCommands.finds(this.collection.withReadConcern(ReadConcern.MAJORITY));
	}

	/**
	 * Adds indexes, which are built when the service starts.
	 * @param keys the keys of each index
	 */
	public Documents<T> indexed(Bson... keys) {
		List.of(keys).forEach((key) -> this.schema.addIndex(this.collection, key, new IndexOptions()));
		return this;
	}

	/**
	 * Adds a field that each write computes from the state, so that an index can sort by
	 * it. Older documents get it when the service starts; an index that begins with the
	 * field finds them.
	 * @param field the name of the field in {@code value}
	 * @param derivation maps the state to the field; must be pure
	 */
	public Documents<T> derived(String field, Function<T, String> derivation) {
		this.codec.derive(field, derivation);
		Bson missing = Filters.and(Filters.eq("value." + field, null), Filters.exists("value"));
		this.schema.addMigration(
				Mono.defer(() -> this.changes.rewriteAll(list(missing, Sorts.ascending("value." + field), 0))));
		return this;
	}

	/** Lets documents expire at the time in a field; a document without it does not. */
	public Documents<T> expiringAt(String field) {
		this.schema.addExpiry(this.collection, field);
		return this;
	}

	/**
	 * Creates a document.
	 * @param creation its first state and the event of its creation
	 * @return the new document, or the one that the same request created before
	 * @throws Conflict if the id is taken
	 * @throws InvalidRequest if the idempotency key was used for another body
	 */
	public Mono<Stored<T>> create(String id, Change<T> creation, Optional<Idempotency> idempotency) {
		return idempotency.isEmpty() ? this.creations.insert(id, creation).onErrorMap(MongoFailures::toProblem)
				: reserve(id, idempotency).flatMap((reserved) -> createReserved(reserved, creation));
	}

	/**
	 * Reserves an id for the document that a request creates, if the request has an
	 * idempotency key.
	 * @param id the id to reserve, if the request has no reservation yet
	 * @return the id under which the request creates its document
	 * @throws InvalidRequest if the idempotency key was used for another body
	 */
	public Mono<String> reserve(String id, Optional<Idempotency> idempotency) {
		return Mono.justOrEmpty(idempotency)
			.flatMap((request) -> this.reservations.reserve(request, id))
			.defaultIfEmpty(id)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Creates a document under an id that is reserved for it.
	 * @return the new document, or the one that the same request created before
	 * @throws NotFound if that document was removed since
	 * @throws Conflict if the id was fenced
	 */
	public Mono<Stored<T>> createReserved(String id, Change<T> creation) {
		return this.creations.insertReserved(id, creation).onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Creates many documents at once, under ids that are reserved for them. Their events
	 * are sent when the completion has ended, however it ends.
	 * @param completion receives the ids that are taken, by a document or by a tombstone
	 */
	public <R> Mono<R> createAll(Map<String, Change<T>> creations, Function<Set<String>, Mono<R>> completion) {
		return this.creations.insertAll(creations, completion).onErrorMap(MongoFailures::toProblem);
	}

	/** Creates a document for an event; returns false if its id is taken. */
	public Mono<Boolean> createForEvent(String id, Change<T> creation) {
		return this.creations.insertForEvent(id, creation).onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Ensures that no document is ever created under a reserved id.
	 * @return false if there is a document, or a removed one whose state is retained
	 */
	public Mono<Boolean> fence(String id) {
		return this.creations.fence(id).onErrorMap(MongoFailures::toProblem);
	}

	/** Whether an id has a document, a tombstone or a fence. */
	public Mono<Boolean> isUsed(String id) {
		return Mono.from(this.collection.find(Filters.eq(id)).first())
			.hasElement()
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Whether a document has a tombstone and was removed on request of a member. */
	public Mono<Boolean> wasRemovedBy(String memberId, String id) {
		return this.outbox.wasRemovedBy(memberId, id).onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Changes a document by compare-and-set on its version. If another write wins the
	 * race, the decision is made again.
	 * @param decision decides on a change of the current state; must be pure
	 * @return the state afterwards; empty if the change was its removal
	 * @throws NotFound if there is no such document
	 */
	public Mono<Stored<T>> change(String id, Function<Stored<T>, Change<T>> decision) {
		return this.changes.change(id, decision).onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Claims a document for a change whose decision takes long, such as a count of other
	 * documents. A later claim of the document ends this one.
	 * @return the claim with the state; empty if there is no such document
	 */
	public Mono<Claim<T>> claim(String id) {
		return this.changes.claim(id).onErrorMap(MongoFailures::toProblem);
	}

	/** The numbers beside the states, and counts of documents by a field. */
	public Tallies tallies() {
		return this.tallies;
	}

	/** Finds a document that the majority has acknowledged; empty if there is none. */
	public Mono<Stored<T>> find(String id) {
		MongoCollection<BsonDocument> committed = this.collection.withReadConcern(ReadConcern.MAJORITY);
		return this.codec.decodeAll(committed.find(Outbox.live(Filters.eq(id))).limit(1)).next();
	}

	/** Finds a document for an event; those of the same time share a command. */
	public Mono<Stored<T>> findForEvent(String id) {
		return this.finds.send(id)
			.flatMap(Mono::justOrEmpty)
			.filter((document) -> !Outbox.isRemoved(document))
			.map(this.codec::stored)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Finds several documents, in no order; those that do not exist are left out. */
	public Flux<Stored<T>> findAll(Collection<String> ids) {
		return this.codec.decodeAll(this.collection.find(Outbox.live(Filters.in("_id", ids))));
	}

	/** Lists live documents, by a filter on {@code _id} and {@code value.*}. */
	public Flux<Stored<T>> list(Bson filter, Bson sort, int limit) {
		return this.codec.decodeAll(this.collection.find(Outbox.live(filter)).sort(sort).limit(limit));
	}

	/**
	 * Lists live documents without some of their fields, which are null in the result. A
	 * document that cannot be decoded is left out, so that it harms no other.
	 * @param fields the names of the fields, as in {@code value.text}
	 */
	public Flux<Stored<T>> listWithout(List<String> fields, Bson filter, Bson sort, int limit) {
		return this.codec.decodeReadable(this.collection.find(Outbox.live(filter)).sort(sort).limit(limit), fields);
	}

	/** Lists any number of live documents, reading few ahead of the subscriber. */
	public Flux<Stored<T>> scan(Bson filter, Bson sort) {
		return list(filter, sort, 0).limitRate(PREFETCH);
	}

	/**
	 * Lists ids by a filter on {@code _id} and {@code value.*}, also those of removed
	 * documents whose value is retained. A limit of 0 means all.
	 */
	public Flux<String> listIds(Bson filter, Bson sort, int limit) {
		return this.codec.ids(this.collection.find(filter).sort(sort).limit(limit)).limitRate(PREFETCH);
	}

	/** Counts the documents that match, tombstones included. */
	public Mono<Long> count(Bson filter) {
		return Mono.from(this.collection.countDocuments(filter)).onErrorMap(MongoFailures::toProblem);
	}

}
