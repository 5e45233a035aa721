package dev.agora.platform.testing;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.event.CommandListener;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.bson.Document;
import reactor.core.publisher.Flux;
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

	private final Queue<MongoClient> listening = new ConcurrentLinkedQueue<>();

	public String uri() {
		return this.uri;
	}

	/** Returns a database that no other test uses, as long as the names differ. */
	public MongoDatabase database(String name) {
		return this.client.getDatabase(name);
	}

	/**
	 * Returns a database whose client informs a listener of its commands. The listener
	 * may block: the command waits for it.
	 */
	public MongoDatabase database(String name, CommandListener listener) {
		MongoClient listening = MongoClients.create(MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(this.uri))
			.addCommandListener(listener)
			.build());
		this.listening.add(listening);
		return listening.getDatabase(name);
	}

	/** Creates a store in a database of its own. */
	public DocumentStore store() {
		return new DocumentStore(database("store" + this.stores.incrementAndGet()), JsonMapper.shared(),
				Clock.systemUTC());
	}

	/** Returns the types of the events of an aggregate. */
	public static List<String> events(DocumentStore store, String id) {
		return Objects.requireNonNull(Flux.fromIterable(store.outboxes())
			.concatMap((outbox) -> outbox.unsent(Duration.ZERO, Integer.MAX_VALUE))
			.filter((pending) -> pending.id().equals(id))
			.flatMapIterable(UnsentEvents::entries)
			.map(OutboxEntry::type)
			.collectList()
			.block());
	}

	/** Returns the commands that were received so far. */
	public CommandLog commands() {
		return this.backend.log();
	}

	/** Makes the next command of a kind on a collection fail without effect. */
	public void failNext(String command, String collection) {
		failNext(command, collection, FAILED);
	}

	/** Makes the next command of a kind on a collection fail with an error of MongoDB. */
	public void failNext(String command, String collection, int code) {
		this.backend.add(new Fault(on(command, collection), code, false, false));
	}

	/**
	 * Makes the next command of a kind on a collection fail as on a server that steps
	 * down.
	 * @param isDone whether the command takes effect first
	 */
	public void stepDownAt(String command, String collection, boolean isDone) {
		this.backend.add(new Fault(on(command, collection), NOT_PRIMARY, isDone, false));
	}

	/** Delays the response to the next command of a kind on a collection. */
	public void delayNext(String command, String collection, Duration delay) {
		this.backend.add(new Fault(on(command, collection), 0, true, false, delay));
	}

	/** Returns the number of commands of a kind on a collection. */
	public int count(String command, String collection) {
		return this.backend.log().count(command, collection);
	}

	/** Refuses all commands of a kind on a collection with an error of MongoDB. */
	public void refuse(String command, String collection, int code) {
		this.backend.add(new Fault(on(command, collection), code, false, true));
	}

	/** Refuses indexes that expire documents, as some servers do. */
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
		this.listening.forEach(MongoClient::close);
		this.server.shutdownNow();
	}

}
