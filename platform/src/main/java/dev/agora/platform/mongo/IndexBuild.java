package dev.agora.platform.mongo;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoCommandException;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Builds an index of a collection. No index but that of {@code _id} is unique: a sharded
 * collection could not have it.
 *
 * @param collection the name of the collection
 * @param keys the keys of the index
 * @param options the options of the index
 */
record IndexBuild(String collection, Bson keys, IndexOptions options) {

	private static final Logger log = LoggerFactory.getLogger(IndexBuild.class);

	/** An index with the same keys or name, but with other options, exists. */
	private static final Set<Integer> CONFLICTS = Set.of(85, 86);

	private static final Duration REPORT_INTERVAL = Duration.ofSeconds(10);

	/**
	 * Builds the index unless it exists.
	 * @param database the database, through a client that waits as long as the build
	 * takes
	 */
	Mono<Void> run(MongoDatabase database) {
		Flux<Long> reports = Flux.interval(REPORT_INTERVAL).doOnNext(this::report);
		Mono<String> built = create(database, this.options).onErrorResume(this::isExpiryRefused,
				(refusal) -> withoutExpiry(database, refusal));
		return built.takeUntilOther(reports.ignoreElements())
			.onErrorResume(IndexBuild::isConflict, this::keepExisting)
			.then();
	}

	private Mono<String> create(MongoDatabase database, IndexOptions with) {
		return Mono.from(database.getCollection(this.collection).createIndex(this.keys, with));
	}

	private void report(long tick) {
		log.info("The index {} of {} is being built; the service waits for it.", this.keys, this.collection);
	}

	private static boolean isConflict(Throwable failure) {
		return failure instanceof MongoCommandException refusal && CONFLICTS.contains(refusal.getErrorCode());
	}

	/** Keeps an index that an operator or an older build has created. */
	private Mono<String> keepExisting(Throwable conflict) {
		log.warn("The index {} of {} is kept as it is, though its options differ: {}", this.keys, this.collection,
				((MongoCommandException) conflict).getErrorMessage());
		return Mono.empty();
	}

	private boolean isExpiryRefused(Throwable failure) {
		return this.options.getExpireAfter(TimeUnit.SECONDS) != null && failure instanceof MongoCommandException
				&& !isConflict(failure) && !MongoFailures.isUnavailable(failure);
	}

	/** Builds the index without an expiry; the sweep deletes expired documents. */
	private Mono<String> withoutExpiry(MongoDatabase database, Throwable refusal) {
		log.warn("The database cannot expire documents of {}, so this service deletes them: {}", this.collection,
				((MongoCommandException) refusal).getErrorMessage());
		return create(database, new IndexOptions());
	}

}
