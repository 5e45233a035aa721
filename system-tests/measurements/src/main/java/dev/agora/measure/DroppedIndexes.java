package dev.agora.measure;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The indexes by which graph-service finds the ties of a member, which are dropped for
 * the time of a measurement. If it is interrupted, graph-service creates them when it
 * starts.
 */
final class DroppedIndexes implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final String DATABASE = "graph";

	private static final String COLLECTION = "ties";

	private static final String NAME = "name";

	private static final String OF_IDS = "_id_";

	private final String address;

	private final List<Document> dropped;

	/** Drops the indexes. */
	DroppedIndexes(RunningSystem system) {
		this.address = "mongodb://"
				+ URI.create(system.instances("mongodb").values().iterator().next().url()).getAuthority();
		try (MongoClient client = MongoClients.create(this.address)) {
			MongoCollection<Document> ties = client.getDatabase(DATABASE).getCollection(COLLECTION);
			List<Document> found = Flux.from(ties.listIndexes())
				.filter((index) -> !OF_IDS.equals(index.getString(NAME)))
				.collectList()
				.block(LIMIT);
			this.dropped = (found != null) ? found : List.of();
			Flux.fromIterable(this.dropped)
				.concatMap((index) -> ties.dropIndex(index.getString(NAME)))
				.blockLast(LIMIT);
		}
		if (this.dropped.isEmpty()) {
			throw new Problem("The ties have no index that could be dropped.");
		}
	}

	List<String> names() {
		return this.dropped.stream().map((index) -> index.getString(NAME)).toList();
	}

	/** Creates the indexes again. */
	@Override
	public void close() {
		// A server sets these two itself.
		this.dropped.forEach((index) -> List.of("v", "ns").forEach(index::remove));
		try (MongoClient client = MongoClients.create(this.address)) {
			Mono.from(client.getDatabase(DATABASE)
				.runCommand(new Document("createIndexes", COLLECTION).append("indexes", this.dropped))).block(LIMIT);
		}
	}

}
