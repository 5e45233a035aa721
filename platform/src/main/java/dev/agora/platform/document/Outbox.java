package dev.agora.platform.document;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

import com.mongodb.ReadConcern;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import dev.agora.platform.consistency.SeenWrite;
import dev.agora.platform.consistency.WrittenVersions;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.DatabaseSchema;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The outboxes of the documents of one collection. Each document keeps its unsent events
 * in its array {@code outbox}, and the time of the oldest one in {@code pending}.
 */
public final class Outbox {

	private static final String PENDING = "pending";

	/** Matches the documents without unsent events. */
	public static final Bson SENT = Filters.exists(PENDING, false);

	/**
	 * Only a removed document has this field: the time of its removal, or the time until
	 * which its value is retained.
	 */
	static final String REMOVED_AT = "removedAt";

	/** The member who requested the removal. Only a removed document has this field. */
	static final String REMOVED_BY = "removedBy";

	/** Longer than a reservation is kept, with a margin for the difference of clocks. */
	private static final Duration TOMBSTONE_TTL = Reservations.TTL.plusHours(1);

	private final MongoCollection<BsonDocument> collection;

	private final String topic;

	private final Clock clock;

	private final BlockingQueue<UnsentEvents> queue;

	private final boolean tracked;

	/**
	 * Creates the outbox of a collection.
	 * @param queue receives the events of each write
	 * @param tracked whether the tokens of clients contain the writes
	 */
	Outbox(MongoCollection<BsonDocument> collection, String topic, Clock clock, BlockingQueue<UnsentEvents> queue,
			boolean tracked) {
		this.collection = collection;
		this.topic = topic;
		this.clock = clock;
		this.queue = queue;
		this.tracked = tracked;
	}

	public String topic() {
		return this.topic;
	}

	/** Whether the tokens of clients contain the writes of this collection. */
	public boolean isTracked() {
		return this.tracked;
	}

	/**
	 * Finds unsent events, the oldest first. After them it returns events whose time is
	 * in the future, since their writer's clock was ahead: they may have any age.
	 * @param olderThan the minimum age of the events
	 * @param limit the maximum number of documents of each of both kinds
	 */
	public Flux<UnsentEvents> unsent(Duration olderThan, int limit) {
		Instant now = this.clock.instant();
		return unsent(Filters.lte(PENDING, now.minus(olderThan)), limit)
			.concatWith(unsent(Filters.gt(PENDING, now), limit))
			.onErrorMap(MongoFailures::toProblem);
	}

	private Flux<UnsentEvents> unsent(Bson filter, int limit) {
		return Batches.of(this.collection.find(filter).sort(Sorts.ascending(PENDING)).limit(limit)).map(this::unsentOf);
	}

	/** Counts the documents with unsent events. */
	public Mono<Long> backlog() {
		return Mono.from(this.collection.countDocuments(Filters.exists(PENDING)));
	}

	/** The time of the oldest unsent event; empty if there is none. */
	public Mono<Instant> oldest() {
		return Mono.from(
				this.collection.find(Filters.lte(PENDING, this.clock.instant())).sort(Sorts.ascending(PENDING)).first())
			.map((document) -> Instant.ofEpochMilli(document.getDateTime(PENDING).getValue()));
	}

	/**
	 * Removes sent events from their documents. The first command does so in all
	 * documents that have had no event since, which are nearly all of them. If there are
	 * others, a second command keeps their later events.
	 * @param sent the last version that was sent of each document; all earlier versions
	 * have been sent too
	 */
	public Mono<Void> clear(Collection<Map.Entry<String, Long>> sent) {
		return write(sent.stream().map(Outbox::removeAll).toList())
			.filter((result) -> result.getMatchedCount() < sent.size())
			.flatMap((some) -> write(sent.stream().map(Outbox::removeEarlier).toList()))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** Whether a document has a tombstone and was removed on request of a member. */
	Mono<Boolean> wasRemovedBy(String memberId, String id) {
		Bson removed = Filters.and(Filters.eq(id), Filters.eq(REMOVED_BY, memberId));
		return Mono.deferContextual(
				(request) -> Mono.from(this.collection.withReadConcern(ReadConcern.MAJORITY).find(removed).first())
					.doOnNext((tombstone) -> seen(tombstone, request))
					.hasElement());
	}

	private Mono<BulkWriteResult> write(List<UpdateOneModel<BsonDocument>> updates) {
		return Mono.from(this.collection.bulkWrite(updates, new BulkWriteOptions().ordered(false)));
	}

	/** Deletes old tombstones without unsent events. */
	public Mono<Void> purge() {
		Instant before = this.clock.instant().minus(TOMBSTONE_TTL);
		return Mono
			.from(this.collection
				.deleteMany(Filters.and(Filters.lte(REMOVED_AT, before), Filters.exists(PENDING, false))))
			.then();
	}

	/** Adds the indexes that find unsent events and old tombstones. */
	void addIndexes(DatabaseSchema schema) {
		IndexOptions fewHaveIt = new IndexOptions().sparse(true);
		schema.addIndex(this.collection, Indexes.ascending(PENDING), fewHaveIt);
		schema.addIndex(this.collection, Indexes.ascending(REMOVED_AT), fewHaveIt);
	}

	/** Selects documents that are not removed. */
	static Bson live(Bson filter) {
		return Filters.and(filter, Filters.exists(REMOVED_AT, false));
	}

	MongoCollection<BsonDocument> collection() {
		return this.collection;
	}

	/** Adds a written document to the token of the response, and publishes its events. */
	void written(BsonDocument document, ContextView request) {
		addToToken(request, () -> OutboxEntry.unsentWrites(document, this.clock));
		enqueue(document);
	}

	/**
	 * Adds a document to the token of the response that an earlier attempt of the same
	 * request may have written.
	 */
	void seen(BsonDocument document, ContextView request) {
		addToToken(request, () -> OutboxEntry.lastWrites(document, this.clock));
	}

	private void addToToken(ContextView request, Supplier<List<SeenWrite>> writes) {
		if (this.tracked && WrittenVersions.areCollected(request)) {
			writes.get().forEach((write) -> WrittenVersions.add(request, this.topic, write));
		}
	}

	/**
	 * Passes the unsent events of a written document to the relay. The queue is full
	 * while the broker is unavailable; then the sweep finds the events in the document.
	 */
	void enqueue(BsonDocument document) {
		UnsentEvents unsent = unsentOf(document);
		if (!unsent.entries().isEmpty()) {
			boolean unused = this.queue.offer(unsent);
		}
	}

	private UnsentEvents unsentOf(BsonDocument document) {
		return new UnsentEvents(this, document.getString("_id").getValue(), OutboxEntry.unsent(document));
	}

	/** Whether a document was removed and its value is no longer retained. */
	boolean isDeleted(BsonDocument document) {
		return isRemoved(document) && document.getDateTime(REMOVED_AT).getValue() <= this.clock.millis();
	}

	static boolean isRemoved(BsonDocument document) {
		return document.containsKey(REMOVED_AT);
	}

	private static UpdateOneModel<BsonDocument> removeAll(Map.Entry<String, Long> sent) {
		return new UpdateOneModel<>(Filters.and(Filters.eq(sent.getKey()), Filters.nor(later(sent))),
				Updates.combine(Updates.unset("outbox"), Updates.unset(PENDING)));
	}

	private static UpdateOneModel<BsonDocument> removeEarlier(Map.Entry<String, Long> sent) {
		return new UpdateOneModel<>(Filters.and(Filters.eq(sent.getKey()), later(sent)),
				Updates.pull("outbox", Filters.lte("version", sent.getValue())));
	}

	private static Bson later(Map.Entry<String, Long> sent) {
		return Filters.gt("outbox.version", sent.getValue());
	}

	/**
	 * The unsent events of one document.
	 *
	 * @param outbox the outbox of the collection
	 * @param id the id of the document
	 * @param entries the events, in the order in which they happened
	 */
	public record UnsentEvents(Outbox outbox, String id, List<OutboxEntry> entries) {
	}

}
