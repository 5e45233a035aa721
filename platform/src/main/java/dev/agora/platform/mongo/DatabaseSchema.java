package dev.agora.platform.mongo;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Collects the indexes, expiries and migrations that the collections of a service need,
 * and applies them when the service starts.
 */
public final class DatabaseSchema {

	private final Clock clock;

	private final List<IndexBuild> indexes = new CopyOnWriteArrayList<>();

	private final List<Mono<Void>> migrations = new CopyOnWriteArrayList<>();

	private final List<Expiry> expiries = new CopyOnWriteArrayList<>();

	public DatabaseSchema(Clock clock) {
		this.clock = clock;
	}

	/** Adds an index, which is built before the service is ready. */
	public void addIndex(MongoCollection<?> collection, Bson keys, IndexOptions options) {
		this.indexes.add(new IndexBuild(collection.getNamespace().getCollectionName(), keys, options));
	}

	/** Adds a step that migrates older data before the service is ready. */
	public void addMigration(Mono<Void> migration) {
		this.migrations.add(migration);
	}

	/**
	 * Lets the documents of a collection expire.
	 * @param collection the collection
	 * @param field the field with the time at which a document expires
	 */
	public void addExpiry(MongoCollection<?> collection, String field) {
		// The field holds the time of the expiry, since the duration in an index cannot
		// be changed.
		addIndex(collection, Indexes.ascending(field), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
		this.expiries.add(new Expiry(collection, field, this.clock));
	}

	/**
	 * Builds the indexes, then runs the migrations. It may run more than once.
	 * @param database the database, through a client that waits for long index builds
	 */
	public Mono<Void> apply(MongoDatabase database) {
		return Flux.fromIterable(this.indexes)
			.concatMap((index) -> index.run(database))
			.thenMany(Flux.concat(this.migrations))
			.then();
	}

	/** Deletes expired documents that the database has not deleted. */
	public Mono<Void> purgeExpired() {
		return Flux.fromIterable(this.expiries).concatMap(Expiry::purge).then();
	}

}
