package dev.agora.platform.document;

import java.util.List;
import java.util.Objects;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

import com.mongodb.ReadConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.event.Event;
import dev.agora.platform.event.EventTypes;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Rejected;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.Trace;

/**
 * The system of record of one kind of aggregate. Each write is ONE update of ONE
 * document: the state, its version, and the event in the document's own outbox.
 *
 * @param <T> the aggregate's state
 */
public final class Documents<T> {

	/**
	 * How many unsent events one document may hold; more are refused until some are out.
	 */
	static final int OUTBOX_CAPACITY = 100;

	private static final int READ_AHEAD = 256;

	private final DocumentCodec<T> codec;

	private final Outbox outbox;

	private final MongoCollection<BsonDocument> collection;

	private final DocumentStore store;

	Documents(DocumentCodec<T> codec, Outbox outbox, DocumentStore store) {
		this.codec = codec;
		this.outbox = outbox;
		this.collection = outbox.collection();
		this.store = store;
		outbox.prepare(store);
		unique(new BsonDocument("request.key", new BsonInt32(1)));
	}

	/**
	 * Asks for indexes, made when the service starts.
	 * @param keys the keys, as the store's queries need them
	 */
	public Documents<T> indexed(Bson... keys) {
		Flux.just(keys).map(this.collection::createIndex).subscribe(this.store::prepareBy);
		return this;
	}

	/** Asks for a unique index on a field that every live document has. */
	public Documents<T> unique(Bson key) {
		this.store.prepareBy(this.collection.createIndex(key, new IndexOptions().unique(true).sparse(true)));
		return this;
	}

	/**
	 * Writes a new document.
	 * @param id its id
	 * @param creation its first state and the event of its making
	 * @param idempotency what makes a repeated request the same one
	 * @return what is stored: the new document, or the one that the same request made
	 * before
	 * @throws Conflict if the id or a unique field is taken
	 * @throws Rejected if the idempotency key was used for another body
	 */
	public Mono<Stored<T>> create(String id, Change<T> creation, Optional<Idempotency> idempotency) {
		return Mono.deferContextual((context) -> {
			OutboxEntry entry = entry(1, creation.event(), Trace.of(context));
			return insert(id, creation, entry, idempotency);
		})
			.onErrorResume(MongoFailures::isDuplicate, (taken) -> madeBefore(idempotency))
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
		return Mono.deferContextual((context) -> attempt(id, decision, Trace.of(context)))
			.repeatWhenEmpty(1000, Function.identity())
			.flatMap((outcome) -> Mono.justOrEmpty(outcome))
			.onErrorMap(MongoFailures::toProblem);
	}

	/** One document from the source of truth; empty if it is not there. */
	public Mono<Stored<T>> find(String id) {
		return first(Filters.eq(id));
	}

	/** Several documents by id, in no order; those not there are left out. */
	public Flux<Stored<T>> findAll(Collection<String> ids) {
		return list(this.collection, Filters.in("_id", ids), null, 0);
	}

	/** The first live document that matches. */
	public Mono<Stored<T>> first(Bson filter) {
		return list(this.collection.withReadConcern(ReadConcern.MAJORITY), filter, null, 1).next();
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

	private Mono<Stored<T>> insert(String id, Change<T> creation, OutboxEntry entry,
			Optional<Idempotency> idempotency) {
		BsonDateTime at = new BsonDateTime(entry.at().toEpochMilli());
		BsonDocument document = new BsonDocument("_id", new BsonString(id)).append("version", new BsonInt64(1))
			.append("value", this.codec.encode(Objects.requireNonNull(creation.next())))
			.append("createdAt", at)
			.append("updatedAt", at)
			.append("pending", at)
			.append("outbox", new BsonArray(List.of(entry.toBson())));
		idempotency
			.ifPresent((request) -> document.append("request", new BsonDocument("key", new BsonString(request.key()))
				.append("content", new BsonString(request.content()))));
		return Mono.from(this.collection.insertOne(document)).thenReturn(document).map(this::written);
	}

	private Mono<Stored<T>> madeBefore(Optional<Idempotency> idempotency) {
		Conflict taken = new Conflict("already-exists", "There is one already.");
		return Mono.justOrEmpty(idempotency)
			.flatMap((request) -> Mono.from(this.collection.find(Filters.eq("request.key", request.key())).first())
				.map((document) -> same(document, request)))
			.switchIfEmpty(Mono.error(taken));
	}

	private Stored<T> same(BsonDocument document, Idempotency request) {
		if (!document.getDocument("request").getString("content").getValue().equals(request.content())) {
			throw Rejected.unprocessable("idempotency-key-reused", Idempotency.HEADER,
					"This key was used for another body.");
		}
		if (Outbox.isRemoved(document)) {
			throw new NotFound("What this request made has been removed since.");
		}
		return this.codec.stored(document);
	}

	private Mono<Optional<Stored<T>>> attempt(String id, Function<Stored<T>, Change<T>> decision, String trace) {
		return find(id).switchIfEmpty(Mono.error(() -> NotFound.of("document", id))).flatMap((current) -> {
			Change<T> change = decision.apply(current);
			return (change.event() != null) ? swap(current, change, entry(current.version() + 1, change.event(), trace))
					: Mono.just(Optional.of(current));
		});
	}

	/** Completes empty when the race was lost. */
	private Mono<Optional<Stored<T>>> swap(Stored<T> current, Change<T> change, OutboxEntry entry) {
		Bson unchanged = Filters.and(Filters.eq(current.id()), Filters.eq("version", current.version()),
				Filters.exists("outbox." + (OUTBOX_CAPACITY - 1), false));
		Bson update = Updates.combine(Updates.set("version", entry.version()), Updates.set("updatedAt", entry.at()),
				Updates.min("pending", entry.at()), Updates.push("outbox", entry.toBson()), state(change, entry.at()));
		FindOneAndUpdateOptions after = new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
		return Mono.from(this.collection.findOneAndUpdate(unchanged, update, after))
			.map(this::outcome)
			.switchIfEmpty(Mono.defer(() -> refuseWhenFull(current.id())));
	}

	private Bson state(Change<T> change, Instant at) {
		T next = change.next();
		Bson value = (next != null) ? Updates.set("value", this.codec.encode(next)) : Updates.unset("value");
		return change.isRemoval() ? Updates.combine(value,
				Updates.set(Outbox.REMOVED_AT, Objects.requireNonNullElse(change.remainsUntil(), at))) : value;
	}

	private Mono<Optional<Stored<T>>> refuseWhenFull(String id) {
		Bson full = Filters.and(Filters.eq(id), Filters.exists("outbox." + (OUTBOX_CAPACITY - 1)));
		return Mono.from(this.collection.countDocuments(full))
			.flatMap((count) -> (count > 0) ? Mono
				.error(new Unavailable("Too many changes of this object wait to be published.", Duration.ofSeconds(5)))
					: Mono.empty());
	}

	private Optional<Stored<T>> outcome(BsonDocument document) {
		if (Outbox.isRemoved(document)) {
			this.store.written(this.outbox.pending(document));
			return Optional.empty();
		}
		return Optional.of(written(document));
	}

	private Stored<T> written(BsonDocument document) {
		this.store.written(this.outbox.pending(document));
		return this.codec.stored(document);
	}

	private OutboxEntry entry(long version, @Nullable Event event, String trace) {
		Objects.requireNonNull(event, "A creation needs an event.");
		return new OutboxEntry(version, EventTypes.nameOf(event.getClass()), this.store.clock().instant(),
				this.store.json().writeValueAsString(event), trace);
	}

	private Flux<Stored<T>> list(MongoCollection<BsonDocument> from, Bson filter, @Nullable Bson sort, int limit) {
		return Batches
			.of(from.find(Filters.and(filter, Filters.exists(Outbox.REMOVED_AT, false))).sort(sort).limit(limit))
			.map(this.codec::stored)
			.onErrorMap(MongoFailures::toProblem);
	}

}
