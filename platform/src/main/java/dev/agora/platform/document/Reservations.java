package dev.agora.platform.document;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.DatabaseSchema;
import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.mongo.MongoFailures;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.web.Idempotency;

/**
 * The reservations of requests with an idempotency key. A reservation holds the id of the
 * document that the request creates; it is written before the document. If the process
 * dies in between, the repeated request finds the reservation and creates the document
 * under the same id.
 * <p>
 * Shard key: {@code _id}, the digest of the caller and their key.
 */
final class Reservations {

	static final String COLLECTION = "requests";

	/**
	 * Shorter than the TTL of a tombstone, so that no repeated request creates a deleted
	 * document again.
	 */
	static final Duration TTL = Duration.ofHours(24);

	private static final String DOCUMENT = "document";

	private static final String CONTENT = "content";

	private static final String EXPIRES_AT = "expiresAt";

	private static final int ATTEMPTS = 100;

	private final MongoCollection<BsonDocument> collection;

	private final Clock clock;

	Reservations(MongoCollection<BsonDocument> collection, Clock clock) {
		this.collection = collection;
		this.clock = clock;
	}

	void addExpiry(DatabaseSchema schema) {
		schema.addExpiry(this.collection, EXPIRES_AT);
	}

	/**
	 * Reserves an id for the document that a request creates.
	 * @param request the request
	 * @param id the id to reserve, if the request has no reservation yet
	 * @return the reserved id
	 * @throws InvalidRequest if the key was used for another body
	 */
	Mono<String> reserve(Idempotency request, String id) {
		Mono<String> attempt = Mono.defer(() -> insert(request, id))
			.onErrorResume(MongoFailures::isDuplicate, (known) -> findReserved(request, id));
		return FailoverRetry.retry(attempt.repeatWhenEmpty(ATTEMPTS, Function.identity()));
	}

	/**
	 * Finds the id that a request has reserved, whatever its body was; empty if there is
	 * no reservation.
	 */
	Mono<String> find(Idempotency request) {
		return Mono.from(this.collection.find(Filters.eq(request.key())).first())
			.filter((found) -> !isExpired(found))
			.map((found) -> found.getString(DOCUMENT).getValue())
			.onErrorMap(MongoFailures::toProblem);
	}

	private Mono<String> insert(Idempotency request, String id) {
		BsonDocument reservation = new BsonDocument("_id", new BsonString(request.key()))
			.append(DOCUMENT, new BsonString(id))
			.append(CONTENT, new BsonString(request.content()))
			.append(EXPIRES_AT, new BsonDateTime(this.clock.millis() + TTL.toMillis()));
		return Mono.from(this.collection.insertOne(reservation)).thenReturn(id);
	}

	/** Completes empty if the reservation was deleted or replaced in the meantime. */
	private Mono<String> findReserved(Idempotency request, String id) {
		return Mono.from(this.collection.find(Filters.eq(request.key())).first())
			.flatMap((found) -> isExpired(found) ? replace(found, request, id)
					: Mono.fromSupplier(() -> requireSameBody(found, request)));
	}

	private boolean isExpired(BsonDocument found) {
		return found.getDateTime(EXPIRES_AT).getValue() <= this.clock.millis();
	}

	private Mono<String> replace(BsonDocument expired, Idempotency request, String id) {
		Bson unchanged = Filters.and(Filters.eq(request.key()), Filters.eq(DOCUMENT, expired.get(DOCUMENT)));
		Instant expiresAt = this.clock.instant().plus(TTL);
		Bson next = Updates.combine(Updates.set(DOCUMENT, id), Updates.set(CONTENT, request.content()),
				Updates.set(EXPIRES_AT, expiresAt));
		return Mono.from(this.collection.updateOne(unchanged, next))
			.filter((result) -> result.getMatchedCount() == 1)
			.map((replaced) -> id);
	}

	private static String requireSameBody(BsonDocument found, Idempotency request) {
		if (!found.getString(CONTENT).getValue().equals(request.content())) {
			throw InvalidRequest.unprocessable("idempotency-key-reused", Idempotency.HEADER,
					"This key was used for another body.");
		}
		return found.getString(DOCUMENT).getValue();
	}

}
