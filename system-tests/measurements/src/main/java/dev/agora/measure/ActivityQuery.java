package dev.agora.measure;

import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import reactor.core.publisher.Flux;

/**
 * The query by which a timeline of some authors is built, sent by the driver of MongoDB
 * alone.
 */
final class ActivityQuery implements AutoCloseable {

	/** The number of activities in a timeline when it is built. */
	static final int LIMIT = 500;

	private final MongoClient client;

	private final MongoCollection<BsonDocument> activities;

	private final List<String> authors;

	/**
	 * Creates the query.
	 * @param uri the address of MongoDB
	 * @param authors the members whose activities are found
	 */
	ActivityQuery(String uri, SocialMembers authors) {
		this.client = MongoClients.create(uri);
		this.activities = this.client.getDatabase("feed").getCollection("activities", BsonDocument.class);
		this.authors = IntStream.range(0, authors.graph().size()).mapToObj(authors::id).toList();
	}

	/** Returns the ids of the activities, newest first. */
	List<String> find() {
		List<BsonDocument> found = Flux
			.from(this.activities.find(Filters.in("value.author.id", this.authors))
				.sort(Sorts.descending("_id"))
				.limit(LIMIT)
				.batchSize(LIMIT))
			.collectList()
			.block();
		if (found == null || found.size() != LIMIT) {
			throw new Problem("The query has not found " + LIMIT + " activities.");
		}
		return found.stream().map((activity) -> activity.getString("_id").getValue()).toList();
	}

	/** Sends the query, and returns its time in milliseconds. */
	double time() {
		long start = System.nanoTime();
		find();
		return (System.nanoTime() - start) / 1e6;
	}

	@Override
	public void close() {
		this.client.close();
	}

}
