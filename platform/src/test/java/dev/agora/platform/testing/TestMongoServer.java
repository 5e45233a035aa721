package dev.agora.platform.testing;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.bson.Document;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.OutboxEntry;
import dev.agora.platform.document.Outbox.UnsentEvents;
import dev.agora.platform.testing.FaultyBackend.Fault;

/** A server of the MongoDB wire protocol in memory, on a free port. */
public final class TestMongoServer implements AutoCloseable {

	/** The error code of a server that is no longer the primary. */
	private static final int NOT_PRIMARY = 10107;

	private static final int NOT_IMPLEMENTED = 238;

	private static final int FAILED = 1;

	private final FaultyBackend backend = new FaultyBackend();

	private final MongoServer server = new MongoServer(this.backend);

	private final String uri = this.server.bindAndGetConnectionString();

	private final AtomicInteger stores = new AtomicInteger();

	private final MongoClient client = MongoClients.create(this.uri);

	public String uri() {
		return this.uri;
	}

	/** A database that nobody else uses as long as names differ. */
	public MongoDatabase database(String name) {
		return this.client.getDatabase(name);
	}

	/** A store in a database of its own. */
	public DocumentStore store() {
		return new DocumentStore(database("store" + this.stores.incrementAndGet()), JsonMapper.shared(),
				Clock.systemUTC());
	}

	/** The types of what has happened to an aggregate of a store's first collection. */
	public static List<String> events(DocumentStore store, String id) {
		return Objects.requireNonNull(store.outboxes()
			.get(0)
			.unsent(Duration.ZERO, Integer.MAX_VALUE)
			.filter((pending) -> pending.id().equals(id))
			.flatMapIterable(UnsentEvents::entries)
			.map(OutboxEntry::type)
			.collectList()
			.block());
	}

	/** The commands that came so far. */
	public CommandLog commands() {
		return this.backend.log();
	}

	/** Lets the next command of a kind on a collection fail, without effect. */
	public void failNext(String command, String collection) {
		this.backend.add(new Fault(on(command, collection), FAILED, false, false));
	}

	/**
	 * Lets the next command of a kind on a collection be answered as by a server that
	 * steps down.
	 * @param isDone whether it takes effect before
	 */
	public void stepDownAt(String command, String collection, boolean isDone) {
		this.backend.add(new Fault(on(command, collection), NOT_PRIMARY, isDone, false));
	}

	/** Lets the answer to the next command of a kind on a collection come late. */
	public void delayNext(String command, String collection, Duration delay) {
		this.backend.add(new Fault(on(command, collection), 0, true, false, delay));
	}

	/** How many commands of a kind came for a collection. */
	public int count(String command, String collection) {
		return this.backend.log().count(command, collection);
	}

	/** Refuses all commands of a kind on a collection with an error of MongoDB. */
	public void refuse(String command, String collection, int code) {
		this.backend.add(new Fault(on(command, collection), code, false, true));
	}

	/** Takes no index that lets documents expire, like some servers. */
	public void refuseExpiry() {
		this.backend.add(new Fault((command) -> command.toString().contains("expireAfterSeconds"), NOT_IMPLEMENTED,
				false, true));
	}

	private static Predicate<Document> on(String command, String collection) {
		return (given) -> collection.equals(given.get(command));
	}

	@Override
	public void close() {
		this.client.close();
		this.server.shutdownNow();
	}

}
