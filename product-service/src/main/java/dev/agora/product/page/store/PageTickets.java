package dev.agora.product.page.store;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;

/**
 * Numbers the renderings of pages that show many products, and records which of them have
 * to be rendered again. A renderer takes a ticket before it reads the products, and the
 * ticket is the version of its rendering. A change that comes during the rendering takes
 * a later ticket, so the page stays requested.
 * <p>
 * Shard key: {@code _id}, the path of the page.
 */
public final class PageTickets {

	private static final String TICKET = "ticket";

	private static final String REQUESTED = "requested";

	/** Two writers may create the same document; the second attempt then updates it. */
	private static final Retry CREATED_BY_ANOTHER = Retry.max(2).filter(MongoFailures::isDuplicate);

	private final MongoCollection<BsonDocument> collection;

	public PageTickets(MongoDatabase database, DocumentStore store) {
		this.collection = database.getCollection("pageTickets", BsonDocument.class);
		store.addIndex(this.collection, Indexes.ascending(REQUESTED), new IndexOptions().sparse(true));
	}

	/** Requests that a page is rendered again. */
	public Mono<Void> request(String path) {
		return Mono
			.from(this.collection.updateOne(Filters.eq(path),
					Updates.combine(Updates.inc(TICKET, 1L), Updates.set(REQUESTED, true)),
					new UpdateOptions().upsert(true)))
			.retryWhen(CREATED_BY_ANOTHER)
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** Takes the ticket of a rendering that begins now. */
	public Mono<Long> take(String path) {
		Bson next = Updates.inc(TICKET, 1L);
		FindOneAndUpdateOptions options = new FindOneAndUpdateOptions().upsert(true)
			.returnDocument(ReturnDocument.AFTER);
		return Mono.from(this.collection.findOneAndUpdate(Filters.eq(path), next, options))
			.retryWhen(CREATED_BY_ANOTHER)
			.map((document) -> document.getInt64(TICKET).getValue())
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Ends the request for a page, unless a later ticket was taken.
	 * @param ticket the ticket of the rendering that was stored
	 */
	public Mono<Void> complete(String path, long ticket) {
		Bson same = Filters.and(Filters.eq(path), Filters.eq(TICKET, ticket));
		return Mono.from(this.collection.updateOne(same, Updates.unset(REQUESTED)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** Whether a page has to be rendered again. */
	public Mono<Boolean> isRequested(String path) {
		return Mono.from(this.collection.find(Filters.eq(path)).first())
			.map((document) -> document.containsKey(REQUESTED))
			.defaultIfEmpty(false)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Lists pages that have to be rendered again, in no particular order. */
	public Flux<String> requested(int limit) {
		return Batches.of(this.collection.find(Filters.eq(REQUESTED, true)).limit(limit))
			.map((document) -> document.getString("_id").getValue())
			.onErrorMap(MongoFailures::toProblem);
	}

}
