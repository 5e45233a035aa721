package dev.agora.platform.testing;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.OutboxEntry;
import dev.agora.platform.document.Pending;

/** A server of the MongoDB wire protocol in memory, on a free port. */
public final class MongoServerForTests implements AutoCloseable {

	private final MongoServer server = new MongoServer(new MemoryBackend());

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
			.flatMapIterable(Pending::entries)
			.map(OutboxEntry::type)
			.collectList()
			.block());
	}

	@Override
	public void close() {
		this.client.close();
		this.server.shutdownNow();
	}

}
