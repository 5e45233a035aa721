package dev.agora.platform.document;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The outboxes of one collection's documents: each document keeps its unsent events in
 * its own array {@code outbox}, and the time of the oldest in {@code pending}.
 */
public final class Outbox {

	/**
	 * Only a removed document has it: when it was removed, or until when something of it
	 * remains.
	 */
	static final String REMOVED_AT = "removedAt";

	/** The member who asked for the removal; only a removed document has it. */
	static final String REMOVED_BY = "removedBy";

	/** Longer than a repeatable request is known, whatever clocks differ by. */
	private static final Duration KEPT_TOMBSTONE = Requests.KEPT.plusHours(1);

	private static final String PENDING = "pending";

	private final MongoCollection<BsonDocument> collection;

	private final String topic;

	private final Clock clock;

	Outbox(MongoCollection<BsonDocument> collection, String topic, Clock clock) {
		this.collection = collection;
		this.topic = topic;
		this.clock = clock;
	}

	public String topic() {
		return this.topic;
	}

	/**
	 * Unsent events, the oldest first; then those from the future, whose writer's clock
	 * was ahead. They could be of any age.
	 * @param olderThan leaves out what was written later than this long ago
	 * @param limit how many documents of both kinds at the most
	 */
	public Flux<UnsentEvents> unsent(Duration olderThan, int limit) {
		Instant now = this.clock.instant();
		return unsent(Filters.lte(PENDING, now.minus(olderThan)), limit)
			.concatWith(unsent(Filters.gt(PENDING, now), limit))
			.onErrorMap(MongoFailures::toProblem);
	}

	private Flux<UnsentEvents> unsent(Bson filter, int limit) {
		return Batches.of(this.collection.find(filter).sort(Sorts.ascending(PENDING)).limit(limit)).map(this::pending);
	}

	/** How many documents have unsent events. */
	public Mono<Long> backlog() {
		return Mono.from(this.collection.countDocuments(Filters.exists(PENDING)));
	}

	/** When the oldest unsent event happened; empty where none is unsent. */
	public Mono<Instant> oldest() {
		return Mono.from(
				this.collection.find(Filters.lte(PENDING, this.clock.instant())).sort(Sorts.ascending(PENDING)).first())
			.map((document) -> Instant.ofEpochMilli(document.getDateTime(PENDING).getValue()));
	}

	/**
	 * Takes sent events out of their documents.
	 * @param sent the last sent version by document id; all before it have been sent too
	 */
	public Mono<Void> clear(Collection<Map.Entry<String, Long>> sent) {
		List<WriteModel<BsonDocument>> writes = sent.stream().flatMap(Outbox::clearing).toList();
		return Mono.from(this.collection.bulkWrite(writes, new BulkWriteOptions().ordered(true)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** Deletes what is left of removed documents whose events are long out. */
	public Mono<Void> purge() {
		Instant before = this.clock.instant().minus(KEPT_TOMBSTONE);
		return Mono
			.from(this.collection
				.deleteMany(Filters.and(Filters.lte(REMOVED_AT, before), Filters.exists(PENDING, false))))
			.then();
	}

	/** The indexes by which unsent events and old tombstones are found. */
	void prepare(DocumentStore store) {
		IndexOptions fewHaveIt = new IndexOptions().sparse(true);
		store.addIndex(this.collection, Indexes.ascending(PENDING), fewHaveIt);
		store.addIndex(this.collection, Indexes.ascending(REMOVED_AT), fewHaveIt);
	}

	MongoCollection<BsonDocument> collection() {
		return this.collection;
	}

	UnsentEvents pending(BsonDocument document) {
		return new UnsentEvents(this, document.getString("_id").getValue(),
				document.getArray("outbox", new BsonArray())
					.stream()
					.map(BsonValue::asDocument)
					.map(OutboxEntry::of)
					.toList());
	}

	/** Whether a document was removed and nothing of it is retained any more. */
	boolean isGone(BsonDocument document) {
		return isRemoved(document) && document.getDateTime(REMOVED_AT).getValue() <= this.clock.millis();
	}

	static boolean isRemoved(BsonDocument document) {
		return document.containsKey(REMOVED_AT);
	}

	/**
	 * Two updates of which the first does it all unless the document was changed since;
	 * then the second leaves in the outbox what came later.
	 */
	private static Stream<WriteModel<BsonDocument>> clearing(Map.Entry<String, Long> sent) {
		return Stream.of(
				new UpdateOneModel<>(Filters.and(Filters.eq(sent.getKey()), Filters.eq("version", sent.getValue())),
						Updates.combine(Updates.unset("outbox"), Updates.unset(PENDING))),
				new UpdateOneModel<>(Filters.and(Filters.eq(sent.getKey()), Filters.gt("version", sent.getValue())),
						Updates.pull("outbox", Filters.lte("version", sent.getValue()))));
	}

}
