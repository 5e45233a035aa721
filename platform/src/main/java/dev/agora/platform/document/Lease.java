package dev.agora.platform.document;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

/**
 * Work that one clone does at a time. Losing the lease while at work must do no harm: it
 * saves double work, it excludes nothing.
 */
public final class Lease {

	private final MongoCollection<BsonDocument> leases;

	private final String name;

	private final String owner = UUID.randomUUID().toString();

	private final Clock clock;

	Lease(MongoCollection<BsonDocument> leases, String name, Clock clock) {
		this.leases = leases;
		this.name = name;
		this.clock = clock;
	}

	/**
	 * Takes the lease or prolongs it.
	 * @param length how long it holds
	 * @return whether this clone has it
	 */
	public Mono<Boolean> hold(Duration length) {
		Instant now = this.clock.instant();
		Bson free = Filters.or(Filters.eq("owner", this.owner), Filters.lt("until", now));
		Bson mine = Updates.combine(Updates.set("owner", this.owner), Updates.set("until", now.plus(length)));
		return Mono.from(this.leases.updateOne(Filters.and(Filters.eq(this.name), free), mine))
			.flatMap((result) -> (result.getMatchedCount() == 1) ? Mono.just(true) : takeFirst(now.plus(length)))
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Nobody ever held it, or another holds it now. */
	private Mono<Boolean> takeFirst(Instant until) {
		BsonDocument lease = new BsonDocument("_id", new BsonString(this.name))
			.append("owner", new BsonString(this.owner))
			.append("until", new BsonDateTime(until.toEpochMilli()));
		return Mono.from(this.leases.insertOne(lease))
			.thenReturn(true)
			.onErrorResume(MongoFailures::isDuplicate, (heldByAnother) -> Mono.just(false));
	}

}
