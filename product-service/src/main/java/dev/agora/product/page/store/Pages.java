package dev.agora.product.page.store;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.CombinedCommands;
import dev.agora.platform.mongo.CombinedOperations;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The rendered pages. A rendering never replaces one of a higher version. A removed page
 * keeps its version, so that no slow renderer restores it.
 * <p>
 * Shard key: {@code _id}, the path of the page.
 */
public final class Pages {

	private static final String VERSION = "version";

	private static final String ETAG = "etag";

	private static final String GZIP = "gzip";

	private static final String CATEGORY = "category";

	private static final String CHANGED_AT = "changedAt";

	/** The number of contents that are read ahead. */
	private static final int PREFETCH = 64;

	/** Sorts after every character of a path. */
	private static final char LAST = '~';

	private final MongoCollection<BsonDocument> collection;

	private final Clock clock;

	private final CombinedOperations<String, Optional<BsonDocument>> finds;

	private final CombinedOperations<UpdateOneModel<BsonDocument>, Boolean> upserts;

	public Pages(MongoDatabase database, Clock clock) {
		this.collection = database.getCollection("pages", BsonDocument.class);
		this.clock = clock;
		this.finds = CombinedCommands.finds(this.collection);
		this.upserts = CombinedCommands.upserts(this.collection);
	}

	/** Finds a page, also a removed one; empty if there was never one. */
	public Mono<StoredPage> find(String path) {
		return Mono.from(this.collection.find(Filters.eq(path)).first())
			.map(Pages::toPage)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Finds a page for an event; those of the same time share a command. */
	public Mono<StoredPage> findForEvent(String path) {
		return this.finds.send(path).flatMap(Mono::justOrEmpty).map(Pages::toPage).onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Stores a page, unless a higher version of it is stored.
	 * @return whether the page was stored
	 */
	public Mono<Boolean> put(String path, StoredPage page) {
		return write(path, page.version(),
				Updates.combine(Updates.set(ETAG, page.content().etag()), Updates.set(GZIP, page.content().gzip()),
						set(CATEGORY, page.category()), Updates.set(CHANGED_AT, this.clock.instant())));
	}

	/** Removes a page, unless a higher version of it is stored. */
	public Mono<Boolean> remove(String path, long version) {
		return write(path, version, Updates.combine(Updates.unset(ETAG), Updates.unset(GZIP), Updates.unset(CATEGORY),
				Updates.unset(CHANGED_AT)));
	}

	/**
	 * Lists the pages whose path begins with a text, in the order of their paths. They
	 * are read on demand, so there may be many.
	 */
	public Flux<PageEntry> scan(String prefix) {
		Bson range = Filters.and(Filters.gte("_id", prefix), Filters.lt("_id", prefix + LAST), Filters.exists(ETAG));
		return Batches
			.of(this.collection.find(range)
				.projection(Projections.include(ETAG, CHANGED_AT))
				.sort(Sorts.ascending("_id")))
			.map(Pages::toEntry)
			.limitRate(Batches.SIZE)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Reads all pages that exist, in the order of their paths and few at a time. */
	public Flux<PageEntry.WithContent> scanContents() {
		return Batches.of(this.collection.find(Filters.exists(ETAG)).sort(Sorts.ascending("_id")))
			.map((document) -> new PageEntry.WithContent(document.getString("_id").getValue(),
					toPage(document).content()))
			.limitRate(PREFETCH)
			.onErrorMap(MongoFailures::toProblem);
	}

	private Mono<Boolean> write(String path, long version, Bson update) {
		// Not Filters.and: some servers do not find the id of a new document inside $and.
		Bson notNewer = new BsonDocument("_id", new BsonString(path)).append(VERSION,
				new BsonDocument("$lte", new BsonInt64(version)));
		Bson newer = Updates.combine(Updates.set(VERSION, version), update);
		return this.upserts.send(new UpdateOneModel<>(notNewer, newer, new UpdateOptions().upsert(true)))
			.onErrorMap(MongoFailures::toProblem);
	}

	private static Bson set(String field, @Nullable String value) {
		return (value != null) ? Updates.set(field, value) : Updates.unset(field);
	}

	private static StoredPage toPage(BsonDocument document) {
		long version = document.getInt64(VERSION).getValue();
		BsonBinary gzip = document.getBinary(GZIP, null);
		if (gzip == null) {
			return new StoredPage(version, PageContent.REMOVED, null);
		}
		BsonString category = document.getString(CATEGORY, null);
		return new StoredPage(version, new PageContent(document.getString(ETAG).getValue(), gzip.getData()),
				(category != null) ? category.getValue() : null);
	}

	private static PageEntry toEntry(BsonDocument document) {
		BsonDateTime changedAt = document.getDateTime(CHANGED_AT);
		return new PageEntry(document.getString("_id").getValue(), document.getString(ETAG).getValue(),
				Instant.ofEpochMilli(changedAt.getValue()));
	}

}
