package dev.agora.session.session;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.mongo.MongoFailures;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;
import dev.agora.session.member.Card;

/**
 * The durable copies of all sessions, under the hash of their token. They have no events
 * and are nobody else's business, so they need neither version nor outbox.
 * <p>
 * Shard key: {@code _id}, the hash of the token, by which each request looks. What a
 * member lists and ends themselves asks all shards.
 */
public final class Sessions {

	private static final String TOKEN_HASH = "_id";

	private static final String ID = "session.id";

	private static final String MEMBER = "session.member.id";

	private static final String MEMBER_VERSION = "session.memberVersion";

	private static final String EXPIRES_AT = "session.expiresAt";

	private static final int BATCH = 100;

	private final MongoCollection<Entry> collection;

	private final EndedSessions ended;

	public Sessions(MongoDatabase database, DocumentStore store, Clock clock) {
		this.ended = new EndedSessions(database, store, clock);
		this.collection = database.getCollection("sessions", Entry.class);
		store.addIndex(this.collection, Indexes.ascending(ID), new IndexOptions());
		store.addIndex(this.collection, Indexes.compoundIndex(Indexes.ascending(MEMBER), Indexes.descending(ID)),
				new IndexOptions());
		store.addExpiry(this.collection, EXPIRES_AT);
	}

	/** Keeps a new session. */
	Mono<Void> open(String tokenHash, Session session) {
		return FailoverRetry.retry(Mono.from(this.collection.insertOne(new Entry(tokenHash, session))))
			.onErrorComplete(MongoFailures::isDuplicate)
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** The session of a token, open or expired; empty where there is none. */
	Mono<Session> find(String tokenHash) {
		return Mono.from(this.collection.find(Filters.eq(tokenHash)).first())
			.map(Entry::session)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Notes a use, unless a later one is noted.
	 * @return whether there still is such a session
	 */
	Mono<Boolean> touch(String tokenHash, Session session) {
		return Mono
			.from(this.collection.updateOne(Filters.eq(tokenHash),
					Updates.combine(Updates.max("session.seenAt", session.seenAt()),
							Updates.max(EXPIRES_AT, session.expiresAt()))))
			.map((result) -> result.getMatchedCount() == 1)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * A part of a member's sessions that are open at the moment, the newest first.
	 */
	Mono<Page<Session>> list(String memberId, Instant moment, PageRequest request) {
		Bson open = Filters.and(Filters.eq(MEMBER, memberId), Filters.gt(EXPIRES_AT, moment));
		Bson wanted = (request.cursor() != null) ? Filters.and(open, Filters.lt(ID, request.cursor())) : open;
		return Batches.of(this.collection.find(wanted).sort(Sorts.descending(ID)).limit(request.limit() + 1))
			.map(Entry::session)
			.collectList()
			.map((read) -> Page.cut(read, request, Session::id))
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * The hashes of the tokens of all of a member's sessions but one, in batches that
	 * {@link #endAll} takes.
	 */
	Flux<List<String>> others(String memberId, String id) {
		return hashes(Filters.and(Filters.eq(MEMBER, memberId), Filters.ne(ID, id)));
	}

	/** As {@link #others}, but for none. */
	Flux<List<String>> all(String memberId) {
		return hashes(Filters.eq(MEMBER, memberId));
	}

	private Flux<List<String>> hashes(Bson wanted) {
		return Batches.of(this.collection.find(wanted))
			.map(Entry::tokenHash)
			.buffer(BATCH)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Writes a member's new card into all of their sessions that have an older one.
	 * @return all of their sessions that have this one now, in batches
	 */
	Flux<List<Entry>> rename(Card member, long version) {
		Bson older = Filters.and(Filters.eq(MEMBER, member.id()), Filters.lt(MEMBER_VERSION, version));
		Bson newer = Updates.combine(Updates.set("session.member", member), Updates.set(MEMBER_VERSION, version));
		Bson current = Filters.and(Filters.eq(MEMBER, member.id()), Filters.eq(MEMBER_VERSION, version));
		return Mono.from(this.collection.updateMany(older, newer))
			.thenMany(Batches.of(this.collection.find(current)))
			.buffer(BATCH)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** What is known of the sessions that a member ended one by one. */
	EndedSessions ended() {
		return this.ended;
	}

	/** Ends the sessions of these tokens. */
	Mono<Void> endAll(List<String> tokenHashes) {
		return FailoverRetry.retry(Mono.from(this.collection.deleteMany(Filters.in(TOKEN_HASH, tokenHashes))))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/**
	 * The hash of a session's token.
	 * @param memberId whose it must be
	 * @param id the session's id
	 * @return empty where the member has no such session
	 */
	Mono<String> hashOf(String memberId, String id) {
		return Mono.from(this.collection.find(Filters.and(Filters.eq(ID, id), Filters.eq(MEMBER, memberId))).first())
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
