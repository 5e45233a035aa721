package dev.agora.platform.document;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import com.mongodb.ReadConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.event.Event;
import dev.agora.platform.mongo.BulkInsert;
import dev.agora.platform.mongo.CombinedCommands;
import dev.agora.platform.mongo.CombinedOperations;
import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.mongo.MongoFailures;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.tracing.Trace;

/**
 * Inserts documents. An id is used only once: by a document, its tombstone, or a fence in
 * its place.
 */
final class Creations<T> {

	/** Bounds the wait for a concurrent insert to reach the majority. */
	private static final int READS = 40;

	private static final Duration PAUSE = Duration.ofMillis(50);

	/** The version of a fence: no document has it. */
	private static final long FENCE = 0;

	private final DocumentCodec<T> codec;

	private final Outbox outbox;

	private final OutboxEntry.Factory entries;

	private final MongoCollection<BsonDocument> collection;

	private final CombinedOperations<BsonDocument, Boolean> inserts;

	Creations(DocumentCodec<T> codec, Outbox outbox, OutboxEntry.Factory entries) {
		this.codec = codec;
		this.outbox = outbox;
		this.entries = entries;
		this.collection = outbox.collection();
		this.inserts = CombinedCommands.inserts(this.collection);
	}

	/**
	 * Inserts a document under a new id. A retry after a fail-over recognises the
	 * document that the first attempt inserted.
	 * @throws Conflict if the id is taken
	 */
	Mono<Stored<T>> insert(String id, Change<T> creation) {
		return document(id, creation).flatMap((document) -> FailoverRetry.retry(insert(document))
			.onErrorResume(MongoFailures::isDuplicate,
					(taken) -> readCommitted(id).doOnNext((there) -> requireSame(document, there))
						.flatMap(this::findSeen)));
	}

	/**
	 * Inserts a document under the id that is reserved for it.
	 * @return the document, or the one that another attempt of the same request inserted
	 * @throws NotFound if that document was removed since
	 * @throws Conflict if the id was fenced
	 */
	Mono<Stored<T>> insertReserved(String id, Change<T> creation) {
		return document(id, creation).flatMap((document) -> FailoverRetry.retry(insert(document)))
			.onErrorResume(MongoFailures::isDuplicate, (there) -> readCommitted(id).flatMap(this::findSeen));
	}

	/**
	 * Inserts documents under ids that are reserved for them. The relay receives their
	 * events when the completion has ended, however it ends.
	 * @param completion receives the ids that are taken, by a document or by its
	 * tombstone
	 */
	<R> Mono<R> insertAll(Map<String, Change<T>> creations, Function<Set<String>, Mono<R>> completion) {
		return Flux.fromIterable(creations.entrySet())
			.concatMap((creation) -> document(creation.getKey(), creation.getValue()))
			.collectList()
			.flatMap((documents) -> insertAll(documents).flatMap((taken) -> completion.apply(taken)
				.doOnTerminate(() -> enqueue(documents, taken))
				.doOnCancel(() -> enqueue(documents, taken))));
	}

	private Mono<Set<String>> insertAll(List<BsonDocument> documents) {
		return documents.isEmpty() ? Mono.just(Set.of())
				: FailoverRetry.retry(BulkInsert.insert(this.collection, documents));
	}

	private void enqueue(List<BsonDocument> documents, Set<String> taken) {
		documents.stream()
			.filter((document) -> !taken.contains(document.getString("_id").getValue()))
			.forEach(this.outbox::enqueue);
	}

	/**
	 * Inserts a document for an event, unless its id is taken. Documents that are
	 * inserted at the same time share a command.
	 * @return whether the document was inserted
	 */
	Mono<Boolean> insertForEvent(String id, Change<T> creation) {
		return document(id, creation)
			.flatMap((document) -> FailoverRetry.retry(this.inserts.send(document)).doOnNext((inserted) -> {
				if (inserted) {
					this.outbox.enqueue(document);
				}
			}));
	}

	/**
	 * Inserts a fence, so that no document can be created under an id, unless the id has
	 * a document already.
	 * @return whether no document exists or will ever exist under the id
	 */
	Mono<Boolean> fence(String id) {
		BsonDateTime now = new BsonDateTime(this.entries.clock().millis());
		BsonDocument fence = new BsonDocument("_id", new BsonString(id)).append("version", new BsonInt64(FENCE))
			.append("createdAt", now)
			.append("updatedAt", now)
			.append(Outbox.REMOVED_AT, now);
		return FailoverRetry.retry(Mono.from(this.collection.insertOne(fence)))
			.thenReturn(true)
			.onErrorResume(MongoFailures::isDuplicate, (there) -> readCommitted(id).map(this.outbox::isDeleted));
	}

	private Mono<Stored<T>> insert(BsonDocument document) {
		return Mono.from(this.collection.insertOne(document)).then(Mono.deferContextual((request) -> {
			this.outbox.written(document, request);
			return Mono.just(this.codec.stored(document));
		}));
	}

	private Mono<BsonDocument> document(String id, Change<T> creation) {
		Event event = Objects.requireNonNull(creation.event(), "A creation needs an event.");
		T value = Objects.requireNonNull(creation.next());
		return Mono.deferContextual(
				(context) -> Mono.just(document(id, value, this.entries.create(1, event, Trace.of(context)))));
	}

	private BsonDocument document(String id, T value, OutboxEntry entry) {
		BsonDateTime at = new BsonDateTime(entry.at().toEpochMilli());
		return new BsonDocument("_id", new BsonString(id)).append("version", new BsonInt64(1))
			.append("value", this.codec.encode(value))
			.append("createdAt", at)
			.append("updatedAt", at)
			.append("pending", at)
			.append("outbox", new BsonArray(List.of(entry.toBson())));
	}

	/**
	 * Reads a document that exists. A concurrent insert of it may not have reached the
	 * majority yet; until then the document must not be returned.
	 */
	private Mono<BsonDocument> readCommitted(String id) {
		return Mono.from(this.collection.withReadConcern(ReadConcern.MAJORITY).find(Filters.eq(id)).first())
			.repeatWhenEmpty((tries) -> tries.take(READS).delayElements(PAUSE))
			.switchIfEmpty(
					Mono.error(() -> new Unavailable("This request is being processed.", Duration.ofSeconds(1))));
	}

	/** Finds the document of an earlier attempt, which the response shows. */
	private Mono<Stored<T>> findSeen(BsonDocument there) {
		return Mono.deferContextual((request) -> {
			this.outbox.seen(there, request);
			return Mono.just(requireLive(there));
		});
	}

	/** Two creations can have the same time, so that the content is compared as well. */
	private static void requireSame(BsonDocument created, BsonDocument there) {
		boolean changed = !there.getInt64("version").equals(created.getInt64("version"));
		if (!there.getDateTime("createdAt").equals(created.getDateTime("createdAt"))
				|| (!changed && !Objects.equals(there.get("value"), created.get("value")))) {
			throw taken();
		}
	}

	private Stored<T> requireLive(BsonDocument document) {
		if (document.getInt64("version").getValue() == FENCE) {
			throw taken();
		}
		if (Outbox.isRemoved(document)) {
			throw new NotFound("The object that this request created has been deleted since.");
		}
		return this.codec.stored(document);
	}

	private static Conflict taken() {
		return new Conflict("already-exists", "An object with this id exists already.");
	}

}
