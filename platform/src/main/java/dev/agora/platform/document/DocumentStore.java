package dev.agora.platform.document;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.bson.BsonDocument;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Outbox.UnsentEvents;
import dev.agora.platform.metrics.CapacityMeters;
import dev.agora.platform.mongo.DatabaseSchema;
import dev.agora.platform.mongo.DecimalCodec;
import dev.agora.platform.mongo.Lease;
import dev.agora.platform.web.Idempotency;

/**
 * Opens the collections of a service's database, and passes the events of their writes to
 * the relay.
 */
public final class DocumentStore implements MeterBinder {

	private static final int QUEUE_CAPACITY = 20_000;

	private final MongoDatabase database;

	private final OutboxEntry.Factory entries;

	private final Clock clock;

	private final DatabaseSchema schema;

	private final List<Outbox> outboxes = new CopyOnWriteArrayList<>();

	private final Reservations reservations;

	private final BlockingQueue<UnsentEvents> outboxQueue = new LinkedBlockingQueue<>(QUEUE_CAPACITY);

	public DocumentStore(MongoDatabase database, JsonMapper json, Clock clock) {
		this.database = database;
		this.entries = new OutboxEntry.Factory(json, clock);
		this.clock = clock;
		this.schema = new DatabaseSchema(clock);
		this.reservations = new Reservations(collection(Reservations.COLLECTION), clock);
		this.reservations.addExpiry(this.schema);
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		CapacityMeters.register(meters, "outbox-events", this.outboxQueue::size, () -> QUEUE_CAPACITY);
	}

	/**
	 * Opens a collection of aggregates.
	 * @param collection the name of the collection
	 * @param type the aggregate's state, a public record without type parameters
	 * @param topic the topic of its events
	 */
	public <T> Documents<T> documents(String collection, Class<T> type, String topic) {
		return documents(new Outbox(collection(collection), topic, this.clock, this.outboxQueue, false), type);
	}

	/**
	 * Opens a collection of aggregates whose writes the tokens of clients contain. Each
	 * change must have an event, since the versions of events show which writes other
	 * services have applied.
	 * @param collection the name of the collection
	 * @param type the aggregate's state, a public record without type parameters
	 * @param topic the topic of its events
	 */
	public <T> Documents<T> trackedDocuments(String collection, Class<T> type, String topic) {
		return documents(new Outbox(collection(collection), topic, this.clock, this.outboxQueue, true), type);
	}

	private <T> Documents<T> documents(Outbox outbox, Class<T> type) {
		outbox.addIndexes(this.schema);
		this.outboxes.add(outbox);
		return new Documents<>(new DocumentCodec<>(type, codecs()), outbox, this.entries, this.reservations,
				this.schema);
	}

	/**
	 * Opens a collection of copies of another service's aggregates, fed by events.
	 * @param collection the name of the collection
	 * @param type the copy, a public record without type parameters
	 */
	public <T> Projection<T> projection(String collection, Class<T> type) {
		return new Projection<>(collection(collection), new DocumentCodec<>(type, codecs()), this.schema);
	}

	/**
	 * Finds the id that an earlier request with the same idempotency key has reserved,
	 * whatever its body was; empty if there was none.
	 */
	public Mono<String> findReserved(Idempotency request) {
		return this.reservations.find(request);
	}

	public List<Outbox> outboxes() {
		return this.outboxes;
	}

	/** The events that this process has written and not yet sent. */
	public BlockingQueue<UnsentEvents> outboxQueue() {
		return this.outboxQueue;
	}

	/** Builds the indexes and runs the migrations. It may run more than once. */
	public Mono<Void> migrate() {
		return migrate(this.database);
	}

	/**
	 * Builds the indexes and runs the migrations.
	 * @param withoutTimeout the same database, through a client that waits for long index
	 * builds
	 */
	Mono<Void> migrate(MongoDatabase withoutTimeout) {
		return this.schema.apply(withoutTimeout);
	}

	/** Creates a lease on work that one instance does at a time. */
	public Lease lease(String name) {
		return new Lease(collection("leases"), name, System::nanoTime);
	}

	/** Adds an index, which is built before the service is ready. */
	public void addIndex(MongoCollection<?> collection, Bson keys, IndexOptions options) {
		this.schema.addIndex(collection, keys, options);
	}

	/** Adds a step that migrates older data before the service is ready. */
	public void addMigration(Mono<Void> migration) {
		this.schema.addMigration(migration);
	}

	/**
	 * Lets the documents of a collection expire.
	 * @param collection the collection
	 * @param field the field with the time at which a document expires
	 */
	public void addExpiry(MongoCollection<?> collection, String field) {
		this.schema.addExpiry(collection, field);
	}

	/** Deletes expired documents that the database has not deleted. */
	public Mono<Void> purgeExpired() {
		return this.schema.purgeExpired();
	}

	private MongoCollection<BsonDocument> collection(String name) {
		return this.database.getCollection(name, BsonDocument.class);
	}

	private static CodecRegistry codecs() {
		return CodecRegistries.fromRegistries(CodecRegistries.fromCodecs(new DecimalCodec()),
				MongoClientSettings.getDefaultCodecRegistry());
	}

}
