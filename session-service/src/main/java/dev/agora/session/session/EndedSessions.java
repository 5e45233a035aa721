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
 * The sessions that members ended one by one, so that a repeated request gets the same
 * response.
 * <p>
 * Shard key: {@code _id}, the id of the session.
 */
final class EndedSessions {

	private static final Duration RETENTION = Duration.ofHours(25);

	private final MongoCollection<Entry> collection;

	private final Clock clock;

	EndedSessions(MongoDatabase database, DocumentStore store, Clock clock) {
		this.collection = database.getCollection("endedSessions", Entry.class);
		this.clock = clock;
		store.addExpiry(this.collection, "expiresAt");
	}

	/** Records that a member ends a session, before the session is ended. */
	Mono<Void> add(String memberId, String id) {
		Entry entry = new Entry(id, memberId, this.clock.instant().plus(RETENTION));
		return Mono.from(this.collection.replaceOne(Filters.eq(id), entry, new ReplaceOptions().upsert(true)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** Whether a member ended a session lately. */
	Mono<Boolean> contains(String memberId, String id) {
		Bson ofMember = Filters.and(Filters.eq(id), Filters.eq("memberId", memberId));
		return Mono.from(this.collection.find(ofMember).first()).hasElement().onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * The document of an ended session.
	 *
	 * @param id the session's id
	 * @param memberId the id of the member who ended it
	 * @param expiresAt when the document is deleted
	 */
	public record Entry(@BsonId String id, String memberId, Instant expiresAt) {
	}

}
