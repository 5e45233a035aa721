package dev.agora.platform.document;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import com.mongodb.ReadConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import dev.agora.platform.event.Event;
import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.tracing.Trace;

/**
 * Changes documents by compare-and-set on their version. Each change writes its own mark
 * into the document, by which a retry after a fail-over recognises that the first attempt
 * succeeded.
 */
final class Changes<T> {

	/**
	 * The maximum number of unsent events in one document; further changes are refused.
	 */
	static final int OUTBOX_CAPACITY = 100;

	private static final String MARK = "write";

	private static final String CLAIM = "claim";

	private static final FindOneAndUpdateOptions AFTER = new FindOneAndUpdateOptions()
		.returnDocument(ReturnDocument.AFTER);

	private static final int ATTEMPTS = 1000;

	private static final int REWRITES = 16;

	private final DocumentCodec<T> codec;

	private final Outbox outbox;

	private final OutboxEntry.Factory entries;

	private final MongoCollection<BsonDocument> collection;

	Changes(DocumentCodec<T> codec, Outbox outbox, OutboxEntry.Factory entries) {
		this.codec = codec;
		this.outbox = outbox;
		this.entries = entries;
		this.collection = outbox.collection();
	}

	/**
	 * Changes a document. If another write wins the race, the decision is made again.
	 * @return the state afterwards; empty if the change was a removal
	 */
	Mono<Stored<T>> change(String id, Function<Stored<T>, Change<T>> decision) {
		return Mono.deferContextual((context) -> {
			Mark mark = Mark.of(context);
			return FailoverRetry.retry(attemptUntilWritten(id, decision, mark));
		});
	}

	/** Claims a document; a later claim ends this one. Empty if there is no document. */
	Mono<Claim<T>> claim(String id) {
		long token = ThreadLocalRandom.current().nextLong();
		Bson live = Filters.and(Filters.eq(id), Filters.exists(Outbox.REMOVED_AT, false));
		return FailoverRetry.retry(Mono.from(this.collection.findOneAndUpdate(live, Updates.set(CLAIM, token), AFTER)))
			.map(this.codec::stored)
			.map((state) -> new Claim<>(state, (change) -> change(state, token, change)));
	}

	private Mono<Stored<T>> change(Stored<T> claimed, long token, Change<T> change) {
		return Mono.deferContextual((context) -> {
			Mark mark = Mark.of(context);
			return compareAndSet(claimed, change, mark, Filters.eq(CLAIM, token));
		}).flatMap(Changes::currentOf);
	}

	private Mono<Stored<T>> attemptUntilWritten(String id, Function<Stored<T>, Change<T>> decision, Mark mark) {
		return attempt(id, decision, mark).filter((outcome) -> !(outcome instanceof Outcome.RaceLost))
			.repeatWhenEmpty(ATTEMPTS, Function.identity())
			.flatMap(Changes::currentOf);
	}

	private static <T> Mono<Stored<T>> currentOf(Outcome<T> outcome) {
		return (outcome instanceof Outcome.Current<T> current) ? Mono.just(current.state()) : Mono.empty();
	}

	private Mono<Outcome<T>> attempt(String id, Function<Stored<T>, Change<T>> decision, Mark mark) {
		return Mono.from(this.collection.withReadConcern(ReadConcern.MAJORITY).find(Filters.eq(id)).first())
			.switchIfEmpty(Mono.error(() -> NotFound.of("document", id)))
			.flatMap((found) -> mark.number().equals(found.get(MARK)) ? Mono.just(toRepeated(found, mark))
					: decide(id, found, decision, mark));
	}

	/** An earlier attempt has written the document; its event may be sent already. */
	private Outcome<T> toRepeated(BsonDocument written, Mark mark) {
		this.outbox.seen(written, mark.request());
		return toOutcome(written, mark);
	}

	private Mono<Outcome<T>> decide(String id, BsonDocument found, Function<Stored<T>, Change<T>> decision, Mark mark) {
		if (Outbox.isRemoved(found)) {
			return Mono.error(NotFound.of("document", id));
		}
		Stored<T> current = this.codec.stored(found);
		Change<T> change = decision.apply(current);
		if (change.written()) {
			return compareAndSet(current, change, mark, Filters.empty());
		}
		this.outbox.seen(found, mark.request());
		return Mono.just(new Outcome.Current<>(current));
	}

	private Mono<Outcome<T>> compareAndSet(Stored<T> current, Change<T> change, Mark mark, Bson condition) {
		long version = current.version() + 1;
		Instant now = this.entries.clock().instant();
		Bson unchanged = Filters.and(Filters.eq(current.id()), Filters.eq("version", current.version()),
				Filters.exists("outbox." + (OUTBOX_CAPACITY - 1), false), condition);
		Bson update = Updates.combine(Updates.set("version", version), Updates.set("updatedAt", now),
				Updates.set(MARK, mark.number()), state(change, now),
				publication(version, change.event(), mark.trace()));
		return Mono.from(this.collection.findOneAndUpdate(unchanged, update, AFTER))
			.map((written) -> toOutcome(written, mark))
			.switchIfEmpty(Mono.defer(() -> refuseWhenFull(current.id())).thenReturn(new Outcome.RaceLost<>()));
	}

	private Bson publication(long version, @Nullable Event event, String trace) {
		if (event == null) {
			return Updates.combine();
		}
		OutboxEntry entry = this.entries.create(version, event, trace);
		return Updates.combine(Updates.min("pending", entry.at()), Updates.push("outbox", entry.toBson()));
	}

	private Bson state(Change<T> change, Instant at) {
		T next = change.next();
		Bson value = (next != null) ? Updates.set("value", this.codec.encode(next)) : Updates.unset("value");
		return change.isRemoval() ? Updates.combine(value, removal(change, at)) : value;
	}

	private static Bson removal(Change<?> change, Instant at) {
		Bson removed = Updates.set(Outbox.REMOVED_AT, Objects.requireNonNullElse(change.retainedUntil(), at));
		@Nullable String by = change.removedBy();
		return (by != null) ? Updates.combine(removed, Updates.set(Outbox.REMOVED_BY, by)) : removed;
	}

	/** Writes the same states again, unless they changed since. */
	Mono<Void> rewriteAll(Flux<Stored<T>> states) {
		return states.flatMap(this::rewrite, REWRITES).then();
	}

	private Mono<UpdateResult> rewrite(Stored<T> state) {
		Bson unchanged = Filters.and(Filters.eq(state.id()), Filters.eq("version", state.version()));
		return Mono.from(this.collection.updateOne(unchanged, Updates.set("value", this.codec.encode(state.value()))));
	}

	private Mono<Void> refuseWhenFull(String id) {
		Bson full = Filters.and(Filters.eq(id), Filters.exists("outbox." + (OUTBOX_CAPACITY - 1)));
		return Mono.from(this.collection.countDocuments(full))
			.flatMap((count) -> (count > 0) ? Mono
				.error(new Unavailable("Too many changes of this object wait to be published.", Duration.ofSeconds(5)))
					: Mono.empty());
	}

	private Outcome<T> toOutcome(BsonDocument written, Mark mark) {
		this.outbox.written(written, mark.request());
		return Outbox.isRemoved(written) ? new Outcome.Removed<>() : new Outcome.Current<>(this.codec.stored(written));
	}

	/** Identifies one change in the document and in its event, and its request. */
	private record Mark(BsonInt64 number, String trace, ContextView request) {

		static Mark of(ContextView request) {
			return new Mark(new BsonInt64(ThreadLocalRandom.current().nextLong()), Trace.of(request), request);
		}

	}

	/** How an attempt to change a document ended. */
	private sealed interface Outcome<T> {

		/** The state afterwards, also if the decision was not to change it. */
		record Current<T>(Stored<T> state) implements Outcome<T> {
		}

		/** The document was removed. */
		record Removed<T>() implements Outcome<T> {
		}

		/** Another write came first, so the decision is to be made again. */
		record RaceLost<T>() implements Outcome<T> {
		}

	}

}
