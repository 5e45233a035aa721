package dev.agora.session.login;

import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.codecs.pojo.annotations.BsonId;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.MongoFailures;

/**
 * The durable copies of all sessions, under the hash of their token. They have no events
 * and are nobody else's business, so they need neither version nor outbox.
 */
public final class Sessions {

	private final MongoCollection<Entry> collection;

	public Sessions(MongoDatabase database, DocumentStore store) {
		this.collection = database.getCollection("sessions", Entry.class);
		IndexOptions untilItSays = new IndexOptions().expireAfter(0L, TimeUnit.SECONDS);
		store.prepareBy(this.collection.createIndex(Indexes.ascending("session.id")));
		store.prepareBy(this.collection.createIndex(Indexes.ascending("session.member.id")));
		store.prepareBy(this.collection.createIndex(Indexes.ascending("session.expiresAt"), untilItSays));
	}

	/** Keeps a new session. */
	Mono<Void> open(String tokenHash, Session session) {
		return Mono.from(this.collection.insertOne(new Entry(tokenHash, session)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** The session of a token, open or expired; empty where there is none. */
	Mono<Session> find(String tokenHash) {
		return Mono.from(this.collection.find(Filters.eq(tokenHash)).first())
			.map(Entry::session)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Notes a use, unless the session has ended or a later use is noted. */
	Mono<Void> touch(String tokenHash, Session session) {
		return Mono
			.from(this.collection.updateOne(
					Filters.and(Filters.eq(tokenHash), Filters.lt("session.seenAt", session.seenAt())),
					Updates.combine(Updates.set("session.seenAt", session.seenAt()),
							Updates.set("session.expiresAt", session.expiresAt()))))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/**
	 * Ends a session.
	 * @param id the session's id
	 * @return the hash of its token; empty where it had ended
	 */
	Mono<String> end(String id) {
		return Mono.from(this.collection.findOneAndDelete(Filters.eq("session.id", id)))
			.map(Entry::tokenHash)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * How a session is stored.
	 *
	 * @param tokenHash SHA-256 of the token in hex
	 * @param session the session
	 */
	public record Entry(@BsonId String tokenHash, Session session) {
	}

}
