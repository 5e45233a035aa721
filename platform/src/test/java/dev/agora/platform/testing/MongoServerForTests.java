package dev.agora.platform.testing;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A server of the MongoDB wire protocol in memory, on a free port. */
public final class MongoServerForTests implements AutoCloseable {

	private final MongoServer server = new MongoServer(new MemoryBackend());

	private final String uri = this.server.bindAndGetConnectionString();

	private final MongoClient client = MongoClients.create(this.uri);

	public String uri() {
		return this.uri;
	}

	/** A database that nobody else uses as long as names differ. */
	public MongoDatabase database(String name) {
		return this.client.getDatabase(name);
	}

	@Override
	public void close() {
		this.client.close();
		this.server.shutdownNow();
	}

}
