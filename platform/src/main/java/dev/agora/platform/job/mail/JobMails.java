package dev.agora.platform.job.mail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The e-mails about jobs, one a job. They are stored until long after they were sent, so
 * that a repeated event sends none again.
 * <p>
 * Shard key: {@code _id}, the id of the job. The search for due mails queries all shards,
 * by the index of {@code due}, which only unsent mails have.
 */
final class JobMails {

	/** After this time, nobody waits for the mail any more. */
	static final Duration MAX_AGE = Duration.ofHours(24);

	/** Longer than an attempt takes, so that no second instance sends the same mail. */
	static final Duration FIRST_BACKOFF = MailTransport.TIMEOUT.multipliedBy(2);

	/** Longer than events are repeated. */
	private static final Duration TTL = Duration.ofDays(8);

	private static final int MAX_DOUBLINGS = 5;

	private static final int BATCH = 20;

	private static final String DUE = "due";

	private static final String ATTEMPTS = "attempts";

	private static final String CREATED_AT = "createdAt";

	private static final String EXPIRES_AT = "expiresAt";

	private final MongoCollection<BsonDocument> collection;

	private final Clock clock;

	JobMails(MongoDatabase database, DocumentStore store, Clock clock) {
		this.collection = database.getCollection("jobMails", BsonDocument.class);
		this.clock = clock;
		store.addIndex(this.collection, Indexes.ascending(DUE), new IndexOptions().sparse(true));
		store.addExpiry(this.collection, EXPIRES_AT);
	}

	/** Adds the mail about a job, unless there is one already. */
	Mono<Void> add(String jobId) {
		BsonDateTime now = new BsonDateTime(this.clock.millis());
		BsonDocument mail = new BsonDocument("_id", new BsonString(jobId)).append(ATTEMPTS, new BsonInt32(0))
			.append(DUE, now)
			.append(CREATED_AT, now)
			.append(EXPIRES_AT, new BsonDateTime(this.clock.millis() + TTL.toMillis()));
		return Mono.from(this.collection.insertOne(mail))
			.onErrorResume(MongoFailures::isDuplicate, (known) -> Mono.empty())
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/**
	 * Claims due mails, the most overdue first. A claim is an attempt: if it fails or the
	 * process dies, the next attempt follows after a growing time.
	 */
	Flux<PendingMail> claimDue() {
		return Batches
			.of(this.collection.find(Filters.lte(DUE, this.clock.instant())).sort(Sorts.ascending(DUE)).limit(BATCH))
			.map(JobMails::toMail)
			.concatMap(this::claim)
			.onErrorMap(MongoFailures::toProblem);
	}

	private Mono<PendingMail> claim(PendingMail mail) {
		Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(mail.attempts(), MAX_DOUBLINGS));
		Bson unclaimed = Filters.and(Filters.eq(mail.jobId()), Filters.eq(DUE, mail.due()));
		Bson claim = Updates.combine(Updates.set(DUE, this.clock.instant().plus(backoff)), Updates.inc(ATTEMPTS, 1));
		return Mono.from(this.collection.updateOne(unclaimed, claim))
			.filter((result) -> result.getMatchedCount() == 1)
			.map((claimed) -> mail);
	}

	/** Records that a mail was sent or never will be. */
	Mono<Void> end(PendingMail mail) {
		return Mono.from(this.collection.updateOne(Filters.eq(mail.jobId()), Updates.unset(DUE)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	boolean isTooOld(PendingMail mail) {
		return mail.createdAt().plus(MAX_AGE).isBefore(this.clock.instant());
	}

	private static PendingMail toMail(BsonDocument mail) {
		return new PendingMail(mail.getString("_id").getValue(), mail.getInt32(ATTEMPTS).getValue(),
				Instant.ofEpochMilli(mail.getDateTime(DUE).getValue()),
				Instant.ofEpochMilli(mail.getDateTime(CREATED_AT).getValue()));
	}

}
