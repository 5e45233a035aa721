package dev.agora.platform.document;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import com.mongodb.ReadConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.web.Trace;

/**
 * Changes documents by compare-and-set on their version. Each change leaves its own mark
 * in the document: an attempt that a fail-over broke off is recognised by it.
 */
final class Changes<T> {

	/**
	 * How many unsent events one document may hold; more are refused until some are out.
	 */
	static final int OUTBOX_CAPACITY = 100;

	private static final String MARK = "write";

	private static final int ATTEMPTS = 1000;

	private final DocumentCodec<T> codec;

	private final Outbox outbox;

	private final DocumentStore store;

	private final MongoCollection<BsonDocument> collection;

	Changes(DocumentCodec<T> codec, Outbox outbox, DocumentStore store) {
		this.codec = codec;
		this.outbox = outbox;
		this.store = store;
		this.collection = outbox.collection();
	}

	/**
	 * Changes a document, again if the race was lost.
	 * @return the state afterwards; empty if the change was its removal
	 */
	Mono<Optional<Stored<T>>> change(String id, Function<Stored<T>, Change<T>> decision) {
		return Mono.deferContextual((context) -> {
			Mark mark = new Mark(new BsonInt64(ThreadLocalRandom.current().nextLong()), Trace.of(context));
			return FailoverRetry.retried(attempt(id, decision, mark).repeatWhenEmpty(ATTEMPTS, Function.identity()));
		});
	}

	private Mono<Optional<Stored<T>>> attempt(String id, Function<Stored<T>, Change<T>> decision, Mark mark) {
		return Mono.from(this.collection.withReadConcern(ReadConcern.MAJORITY).find(Filters.eq(id)).first())
			.switchIfEmpty(Mono.error(() -> NotFound.of("document", id)))
			.flatMap((found) -> mark.number().equals(found.get(MARK)) ? Mono.just(outcome(found))
					: decide(id, found, decision, mark));
	}

	private Mono<Optional<Stored<T>>> decide(String id, BsonDocument found, Function<Stored<T>, Change<T>> decision,
			Mark mark) {
		if (Outbox.isRemoved(found)) {
			return Mono.error(NotFound.of("document", id));
		}
		Stored<T> current = this.codec.stored(found);
		Change<T> change = decision.apply(current);
		return (change.event() != null) ? compareAndSet(current, change, mark) : Mono.just(Optional.of(current));
	}

	/** Completes empty when the race was lost. */
	private Mono<Optional<Stored<T>>> compareAndSet(Stored<T> current, Change<T> change, Mark mark) {
		OutboxEntry entry = OutboxEntry.of(current.version() + 1, Objects.requireNonNull(change.event()), mark.trace(),
				this.store);
		Bson unchanged = Filters.and(Filters.eq(current.id()), Filters.eq("version", current.version()),
				Filters.exists("outbox." + (OUTBOX_CAPACITY - 1), false));
		Bson update = Updates.combine(Updates.set("version", entry.version()), Updates.set("updatedAt", entry.at()),
				Updates.set(MARK, mark.number()), Updates.min("pending", entry.at()),
				Updates.push("outbox", entry.toBson()), state(change, entry.at()));
		FindOneAndUpdateOptions after = new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
		return Mono.from(this.collection.findOneAndUpdate(unchanged, update, after))
			.map(this::outcome)
			.switchIfEmpty(Mono.defer(() -> refuseWhenFull(current.id())));
	}

	private Bson state(Change<T> change, Instant at) {
		T next = change.next();
		Bson value = (next != null) ? Updates.set("value", this.codec.encode(next)) : Updates.unset("value");
		return change.isRemoval() ? Updates.combine(value, removal(change, at)) : value;
	}

	private static Bson removal(Change<?> change, Instant at) {
		Bson removed = Updates.set(Outbox.REMOVED_AT, Objects.requireNonNullElse(change.remainsUntil(), at));
		@Nullable String by = change.removedBy();
		return (by != null) ? Updates.combine(removed, Updates.set(Outbox.REMOVED_BY, by)) : removed;
	}

	private Mono<Optional<Stored<T>>> refuseWhenFull(String id) {
		Bson full = Filters.and(Filters.eq(id), Filters.exists("outbox." + (OUTBOX_CAPACITY - 1)));
		return Mono.from(this.collection.countDocuments(full))
			.flatMap((count) -> (count > 0) ? Mono
				.error(new Unavailable("Too many changes of this object wait to be published.", Duration.ofSeconds(5)))
					: Mono.empty());
	}

	private Optional<Stored<T>> outcome(BsonDocument document) {
		this.store.written(this.outbox.pending(document));
		return Outbox.isRemoved(document) ? Optional.empty() : Optional.of(this.codec.stored(document));
	}

	/** What one change leaves in the document and in its event. */
	private record Mark(BsonInt64 number, String trace) {
	}

}
