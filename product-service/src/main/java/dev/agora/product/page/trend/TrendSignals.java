package dev.agora.product.page.trend;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;
import dev.agora.product.view.ViewObserver;

/**
 * The signs of interest in products. One member counts once for each kind and product,
 * with the latest time, so events may be repeated and come in any order.
 * <p>
 * Shard key: {@code _id}, kind, product and source. The computation of the trending
 * products reads all shards, every few minutes.
 */
public final class TrendSignals implements ViewObserver {

	private static final String KIND = "kind";

	private static final String PRODUCT = "product";

	private static final String AT = "at";

	private static final String AMOUNT = "amount";

	private static final String BATCH = "batch";

	private static final String EXPIRES_AT = "expiresAt";

	private static final int CONCURRENCY = 8;

	private static final Retry CREATED_BY_ANOTHER = Retry.max(2).filter(MongoFailures::isDuplicate);

	private final MongoCollection<BsonDocument> collection;

	private final TrendSettings settings;

	private final Clock clock;

	public TrendSignals(MongoDatabase database, DocumentStore store, TrendSettings settings, Clock clock) {
		this.collection = database.getCollection("trendSignals", BsonDocument.class);
		this.settings = settings;
		this.clock = clock;
		store.addExpiry(this.collection, EXPIRES_AT);
	}

	/** Records that a member did something, unless it is too long ago. */
	Mono<Void> record(TrendSignal signal) {
		if (expiry(signal.at()).isBefore(this.clock.instant())) {
			return Mono.empty();
		}
		Bson update = Updates.combine(fields(signal), Updates.max(AT, signal.at()),
				Updates.max(EXPIRES_AT, expiry(signal.at())));
		return Mono.from(this.collection.updateOne(Filters.eq(signal.id()), update, new UpdateOptions().upsert(true)))
			.retryWhen(CREATED_BY_ANOTHER)
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	@Override
	public Mono<Void> observe(String batch, Map<String, Long> views) {
		Instant hour = this.clock.instant().truncatedTo(ChronoUnit.HOURS);
		return Flux.fromIterable(views.entrySet())
			.flatMap((entry) -> observe(batch,
					new TrendSignal(TrendSignal.Kind.VIEW, entry.getKey(), hour.toString(), hour), entry.getValue()),
					CONCURRENCY)
			.then();
	}

	/** Finds the products with the most interest, the most interesting first. */
	Mono<List<String>> top(int limit) {
		Instant now = this.clock.instant();
		return Batches.of(this.collection.find(Filters.gt(EXPIRES_AT, now)))
			.collect(HashMap<String, Double>::new,
					(scores, signal) -> scores.merge(signal.getString(PRODUCT).getValue(), score(signal, now),
							Double::sum))
			.map((scores) -> scores.entrySet()
				.stream()
				.sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
					.thenComparing(Map.Entry.comparingByKey()))
				.limit(limit)
				.map(Map.Entry::getKey)
				.toList())
			.onErrorMap(MongoFailures::toProblem);
	}

	private Mono<Void> observe(String batch, TrendSignal signal, long views) {
		Bson notCounted = new BsonDocument("_id", new BsonString(signal.id())).append(BATCH,
				new BsonDocument("$lt", new BsonString(batch)));
		Bson update = Updates.combine(fields(signal), Updates.set(AT, signal.at()), Updates.inc(AMOUNT, views),
				Updates.set(BATCH, batch), Updates.set(EXPIRES_AT, expiry(signal.at())));
		return Mono.from(this.collection.updateOne(notCounted, update, new UpdateOptions().upsert(true)))
			.onErrorResume(MongoFailures::isDuplicate, (counted) -> Mono.empty())
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	private double score(BsonDocument signal, Instant now) {
		long amount = signal.getInt64(AMOUNT, new BsonInt64(1)).getValue();
		Duration age = Duration.between(Instant.ofEpochMilli(signal.getDateTime(AT).getValue()), now);
		return TrendSignal.Kind.valueOf(signal.getString(KIND).getValue()).weightOf(amount) * this.settings.decay(age);
	}

	private Instant expiry(Instant at) {
		return at.plus(this.settings.retention());
	}

	private static Bson fields(TrendSignal signal) {
		return Updates.combine(Updates.setOnInsert(KIND, signal.kind().name()),
				Updates.setOnInsert(PRODUCT, signal.product()));
	}

}
