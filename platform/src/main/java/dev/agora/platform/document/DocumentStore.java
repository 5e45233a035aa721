package dev.agora.platform.document;

import org.bson.BsonDocument;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import java.util.function.Function;

import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.codecs.configuration.CodecRegistry;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

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

	private final List<Publisher<String>> preparations = new CopyOnWriteArrayList<>();

	private final BlockingQueue<Pending> written = new LinkedBlockingQueue<>(WRITTEN_CAPACITY);

	public DocumentStore(MongoDatabase database, JsonMapper json, Clock clock) {
		this.database = database;
		this.json = json;
		this.clock = clock;
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
	public <T> Copies<T> copies(String collection, Class<T> type) {
		return new Copies<>(this.database.getCollection(collection, BsonDocument.class),
				new DocumentCodec<>(type, codecs()), this);
	}

	public List<Outbox> outboxes() {
		return this.outboxes;
	}

	/** What was written by this process and is not yet sent, for the relay to take. */
	public BlockingQueue<Pending> written() {
		return this.written;
	}

	/** Makes the indexes that the collections asked for; harmless when they are there. */
	public Mono<Void> prepare() {
		return Flux.fromIterable(this.preparations).concatMap(Function.identity()).then();
	}

	/** A lease on work that only one clone does at a time. */
	public Lease lease(String name) {
		return new Lease(this.database.getCollection("leases", BsonDocument.class), name, this.clock);
	}

	/**
	 * Has an index made when the service starts; for collections that are no documents.
	 */
	public void prepareBy(Publisher<String> index) {
		this.preparations.add(index);
	}

	void written(Pending pending) {
		// Full while the broker is away: the sweep finds in the documents what is left
		// out here.
		boolean unused = this.written.offer(pending);
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
