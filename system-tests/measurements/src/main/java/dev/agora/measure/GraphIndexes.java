package dev.agora.measure;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.Document;
import reactor.core.publisher.Flux;

/** The indexes by which graph-service finds the ties of a member. */
final class GraphIndexes {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final String OF_IDS = "_id_";

	private final String address;

	GraphIndexes(RunningSystem system) {
		this.address = "mongodb://"
				+ URI.create(system.instances("mongodb").values().iterator().next().url()).getAuthority();
	}

	/** Drops the indexes, if they exist. Graph-service creates them when it starts. */
	void drop() {
		try (MongoClient client = MongoClients.create(this.address)) {
			MongoCollection<Document> ties = client.getDatabase("graph").getCollection("ties");
			List<String> names = Flux.from(ties.listIndexes())
				.map((index) -> index.getString("name"))
				.filter((name) -> !name.equals(OF_IDS))
				.collectList()
				.block(LIMIT);
			Flux.fromIterable((names != null) ? names : List.of()).concatMap(ties::dropIndex).blockLast(LIMIT);
		}
	}

}
