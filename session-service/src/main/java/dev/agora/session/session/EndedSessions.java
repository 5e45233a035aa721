package dev.agora.session.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The sessions that members ended one by one, so that a repeated request is answered as
 * the first.
 * <p>
 * Shard key: {@code _id}, the id of the session.
 */
final class EndedSessions {

	private static final Duration KEPT = Duration.ofHours(25);

	private final MongoCollection<Entry> collection;

	private final Clock clock;

	EndedSessions(MongoDatabase database, DocumentStore store, Clock clock) {
		this.collection = database.getCollection("endedSessions", Entry.class);
		this.clock = clock;
		store.addExpiry(this.collection, "expiresAt");
	}

	/** Keeps that a member ends a session, before it is ended. */
	Mono<Void> add(String memberId, String id) {
		Entry entry = new Entry(id, memberId, this.clock.instant().plus(KEPT));
		return Mono.from(this.collection.replaceOne(Filters.eq(id), entry, new ReplaceOptions().upsert(true)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** Whether a member ended a session. */
	Mono<Boolean> contains(String memberId, String id) {
		Bson theirs = Filters.and(Filters.eq(id), Filters.eq("memberId", memberId));
		return Mono.from(this.collection.find(theirs).first()).hasElement().onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * How it is stored.
	 *
	 * @param id the session's id
	 * @param memberId who ended it
	 * @param expiresAt until when that is known
	 */
	public record Entry(@BsonId String id, String memberId, Instant expiresAt) {
	}

}
