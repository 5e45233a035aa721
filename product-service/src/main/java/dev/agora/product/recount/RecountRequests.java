package dev.agora.product.recount;

import java.util.concurrent.ThreadLocalRandom;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The products whose reviews are to be counted, as a queue without order. Requests for
 * one product are one document.
 * <p>
 * Shard key: {@code _id}, the id of the product. The whole queue is read from all shards,
 * by a background task.
 */
public final class RecountRequests {

	private static final String MARK = "mark";

	private final MongoCollection<BsonDocument> collection;

	public RecountRequests(MongoDatabase database) {
		this.collection = database.getCollection("recounts", BsonDocument.class);
	}

	/** Requests a recount of a product. */
	public Mono<Void> add(String product) {
		long mark = ThreadLocalRandom.current().nextLong();
		Mono<Void> upsert = Mono
			.from(this.collection.updateOne(Filters.eq(product), Updates.set(MARK, mark),
					new UpdateOptions().upsert(true)))
			.then();
		// Two concurrent upserts of one id: the second one finds the document.
		return FailoverRetry.retry(upsert.onErrorResume(MongoFailures::isDuplicate, (exists) -> upsert))
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Reads all requests; there may be many. */
	public Flux<Request> findAll() {
		return Batches.of(this.collection.find())
			.map((found) -> new Request(found.getString("_id").getValue(), found.getInt64(MARK).getValue()))
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Removes a request, unless the product was requested again since it was read. */
	public Mono<Void> remove(Request request) {
		return Mono
			.from(this.collection
				.deleteOne(Filters.and(Filters.eq(request.product()), Filters.eq(MARK, request.mark()))))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/**
	 * A request for a recount.
	 *
	 * @param product the id of the product
	 * @param mark distinguishes this request from later ones for the same product
	 */
	public record Request(String product, long mark) {
	}

}
