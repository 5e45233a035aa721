package dev.agora.platform.document;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.mongo.IndexBuild;
import dev.agora.platform.mongo.Lease;

/**
 * Opens the collections of a service's database, and hands what their writes leave in the
 * outboxes to the relay.
 */
public final class DocumentStore {

	private static final int WRITTEN_CAPACITY = 20_000;

	private final MongoDatabase database;

	private final JsonMapper json;

	private final Clock clock;

	private final List<Outbox> outboxes = new CopyOnWriteArrayList<>();

	private final List<IndexBuild> indexes = new CopyOnWriteArrayList<>();

	private final List<Mono<Void>> migrations = new CopyOnWriteArrayList<>();

	private final List<Expiry> expiries = new CopyOnWriteArrayList<>();

	private final Requests requests;

	private final BlockingQueue<UnsentEvents> written = new LinkedBlockingQueue<>(WRITTEN_CAPACITY);

	public DocumentStore(MongoDatabase database, JsonMapper json, Clock clock) {
		this.database = database;
		this.json = json;
		this.clock = clock;
		MongoCollection<BsonDocument> reservations = database.getCollection(Requests.COLLECTION, BsonDocument.class);
		this.requests = new Requests(reservations, clock);
		expire(reservations, "expiresAt");
	}

	/**
	 * A collection of aggregates whose events go to a topic.
	 * @param collection the collection's name
	 * @param type the aggregate's state, a public record without type parameters
	 * @param topic where its events go
	 */
	public <T> Documents<T> documents(String collection, Class<T> type, String topic) {
		Outbox outbox = new Outbox(this.database.getCollection(collection, BsonDocument.class), topic, this.clock);
		this.outboxes.add(outbox);
		return new Documents<>(new DocumentCodec<>(type, codecs()), outbox, this);
	}

	/**
	 * A collection of copies of another service's aggregates, fed by events.
	 * @param collection the collection's name
	 * @param type the copy, a public record without type parameters
	 */
	public <T> Projection<T> copies(String collection, Class<T> type) {
		return new Projection<>(this.database.getCollection(collection, BsonDocument.class),
				new DocumentCodec<>(type, codecs()), this);
	}

	public List<Outbox> outboxes() {
		return this.outboxes;
	}

	/** What was written by this process and is not yet sent, for the relay to take. */
	public BlockingQueue<UnsentEvents> written() {
		return this.written;
	}

	/** Makes what the collections asked for; harmless when it is there. */
	public Mono<Void> prepare() {
		return prepare(this.database);
	}

	/**
	 * Makes what the collections asked for.
	 * @param patient the same database, through a client that waits for long index builds
	 */
	Mono<Void> prepare(MongoDatabase patient) {
		return Flux.fromIterable(this.indexes)
			.concatMap((index) -> index.run(patient))
			.thenMany(Flux.concat(this.migrations))
			.then();
	}

	/** A lease on work that only one clone does at a time. */
	public Lease lease(String name) {
		return new Lease(this.database.getCollection("leases", BsonDocument.class), name, System::nanoTime);
	}

	/** Asks for an index, built before the service is ready. */
	public void addIndex(MongoCollection<?> collection, Bson keys, IndexOptions options) {
		this.indexes.add(new IndexBuild(collection.getNamespace().getCollectionName(), keys, options));
	}

	/** Asks for a step that brings older data up to date before the service is ready. */
	public void addMigration(Mono<Void> migration) {
		this.migrations.add(migration);
	}

	/**
	 * Lets documents expire.
	 * @param collection a collection of documents that are needed for a time
	 * @param field the field that says until when
	 */
	public void expire(MongoCollection<?> collection, String field) {
		// Not counted from the use: an index can't be made again with another duration.
		addIndex(collection, Indexes.ascending(field), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
		this.expiries.add(new Expiry(collection, field, this.clock));
	}

	/** Deletes what is expired and still there. */
	public Mono<Void> purgeExpired() {
		return Flux.fromIterable(this.expiries).concatMap(Expiry::purge).then();
	}

	Requests requests() {
		return this.requests;
	}

	void written(UnsentEvents pending) {
		if (!pending.entries().isEmpty()) {
			// Full while the broker is away: the sweep finds in the documents what is
			// left out here.
			boolean unused = this.written.offer(pending);
		}
	}

	JsonMapper json() {
		return this.json;
	}

	Clock clock() {
		return this.clock;
	}

	private static CodecRegistry codecs() {
		return MongoClientSettings.getDefaultCodecRegistry();
	}

}
