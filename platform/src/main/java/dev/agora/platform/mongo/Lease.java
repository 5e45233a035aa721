package dev.agora.platform.mongo;

import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A lease on work that one instance does at a time. It saves duplicate work and
 * guarantees nothing: losing it during the work must do no harm.
 * <p>
 * No two clocks are compared. The holder raises a counter. Another instance takes the
 * lease over once it has seen the same counter for the duration of the lease.
 * <p>
 * Shard key: {@code _id}, the name of the work.
 */
public final class Lease {

	private static final String OWNER = "owner";

	private static final String BEAT = "beat";

	private static final String LENGTH = "length";

	private final MongoCollection<BsonDocument> leases;

	private final String name;

	private final String owner = UUID.randomUUID().toString();

	private final LongSupplier nanoTime;

	private volatile @Nullable Observation seen;

	public Lease(MongoCollection<BsonDocument> leases, String name, LongSupplier nanoTime) {
		this.leases = leases;
		this.name = name;
		this.nanoTime = nanoTime;
	}

	/**
	 * Acquires the lease or extends it.
	 * @param length the duration of the lease
	 * @return whether this instance holds it
	 */
	public Mono<Boolean> tryAcquire(Duration length) {
		return take(Filters.eq(OWNER, this.owner), length)
			.flatMap((held) -> held ? Mono.just(true) : takeFromAnother(length))
			.onErrorMap(MongoFailures::toProblem);
	}

	private Mono<Boolean> takeFromAnother(Duration length) {
		return Mono.from(this.leases.find(Filters.eq(this.name)).first())
			.flatMap((lease) -> isAbandoned(lease, length) ? take(sameAs(lease), length) : Mono.just(false))
			.switchIfEmpty(Mono.defer(() -> takeFirst(length)));
	}

	private Mono<Boolean> take(Bson condition, Duration length) {
		Bson mine = Updates.combine(Updates.set(OWNER, this.owner), Updates.set(LENGTH, length.toMillis()),
				Updates.inc(BEAT, 1L));
		return Mono.from(this.leases.updateOne(Filters.and(Filters.eq(this.name), condition), mine))
			.map((result) -> result.getMatchedCount() == 1);
	}

	private Mono<Boolean> takeFirst(Duration length) {
		BsonDocument lease = new BsonDocument("_id", new BsonString(this.name))
			.append(OWNER, new BsonString(this.owner))
			.append(LENGTH, new BsonInt64(length.toMillis()))
			.append(BEAT, new BsonInt64(1));
		return Mono.from(this.leases.insertOne(lease))
			.thenReturn(true)
			.onErrorResume(MongoFailures::isDuplicate, (taken) -> Mono.just(false));
	}

	/** Whether the lease has not changed for its duration. */
	private boolean isAbandoned(BsonDocument lease, Duration length) {
		Observation before = this.seen;
		if (before == null || !before.lease().equals(lease)) {
			this.seen = new Observation(lease, this.nanoTime.getAsLong());
			return false;
		}
		@Nullable BsonValue theirs = lease.get(LENGTH);
		long millis = (theirs != null) ? theirs.asInt64().getValue() : length.toMillis();
		return this.nanoTime.getAsLong() - before.at() >= Duration.ofMillis(millis).toNanos();
	}

	private static Bson sameAs(BsonDocument lease) {
		return Filters.and(Filters.eq(OWNER, lease.get(OWNER)), Filters.eq(BEAT, lease.get(BEAT)));
	}

	private record Observation(BsonDocument lease, long at) {
	}

}
