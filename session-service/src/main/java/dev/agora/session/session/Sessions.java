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
import dev.agora.session.member.Profile;

/**
 * The system of record of sessions, by the hash of the token. No other service needs
 * them, so they have neither events nor versions.
 * <p>
 * Shard key: {@code _id}, the hash of the token, by which each request finds its session.
 * Requests to list and to end a member's sessions go to all shards.
 */
public final class Sessions {

	private static final String TOKEN_HASH = "_id";

	private static final String ID = "session.id";

	private static final String MEMBER = "session.member.id";

	private static final String MEMBER_VERSION = "session.memberVersion";

	private static final String OPERATOR_SINCE = "session.operatorSince";

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

	/** Inserts a new session. */
	Mono<Void> open(String tokenHash, Session session) {
		return FailoverRetry.retry(Mono.from(this.collection.insertOne(new Entry(tokenHash, session))))
			.onErrorComplete(MongoFailures::isDuplicate)
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** Finds the session of a token, open or expired. */
	Mono<Session> find(String tokenHash) {
		return Mono.from(this.collection.find(Filters.eq(tokenHash)).first())
			.map(Entry::session)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Records a use, unless a later one is recorded.
	 * @return whether the session still exists
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
	 * Lists a page of a member's sessions that are open at a moment, the newest first.
	 */
	Mono<Page<Session>> list(String memberId, Instant moment, PageRequest request) {
		Bson open = Filters.and(Filters.eq(MEMBER, memberId), Filters.gt(EXPIRES_AT, moment));
		Bson page = (request.cursor() != null) ? Filters.and(open, Filters.lt(ID, request.cursor())) : open;
		return Batches.of(this.collection.find(page).sort(Sorts.descending(ID)).limit(request.limit() + 1))
			.map(Entry::session)
			.collectList()
			.map((read) -> Page.cut(read, request, Session::id))
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Finds all sessions of a member, open or expired. They are read on demand. */
	public Flux<Session> findAll(String memberId) {
		return Batches.of(this.collection.find(Filters.eq(MEMBER, memberId)).sort(Sorts.descending(ID)))
			.map(Entry::session)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Lists the token hashes of all of a member's sessions but one, in batches for
	 * {@link #deleteAll}.
	 */
	Flux<List<String>> listHashesExcept(String memberId, String id) {
		return hashes(Filters.and(Filters.eq(MEMBER, memberId), Filters.ne(ID, id)));
	}

	/** Lists the token hashes of all of a member's sessions, in batches. */
	Flux<List<String>> listHashes(String memberId) {
		return hashes(Filters.eq(MEMBER, memberId));
	}

	private Flux<List<String>> hashes(Bson filter) {
		return Batches.of(this.collection.find(filter))
			.map(Entry::tokenHash)
			.buffer(BATCH)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Writes a changed member into all their sessions that have an older version.
	 * @return all their sessions that have this version now, in batches
	 */
	Flux<List<Entry>> changeMember(Profile member) {
		Bson older = Filters.and(Filters.eq(MEMBER, member.id()), Filters.lt(MEMBER_VERSION, member.version()));
		Bson current = Filters.and(Filters.eq(MEMBER, member.id()), Filters.eq(MEMBER_VERSION, member.version()));
		return Mono.from(this.collection.updateMany(older, toUpdate(member)))
			.thenMany(Batches.of(this.collection.find(current)))
			.buffer(BATCH)
			.onErrorMap(MongoFailures::toProblem);
	}

	private static Bson toUpdate(Profile member) {
		Bson operator = (member.operatorSince() != null) ? Updates.set(OPERATOR_SINCE, member.operatorSince())
				: Updates.unset(OPERATOR_SINCE);
		return Updates.combine(Updates.set("session.member", Card.of(member)),
				Updates.set(MEMBER_VERSION, member.version()), operator);
	}

	/** The sessions that members ended one by one. */
	EndedSessions ended() {
		return this.ended;
	}

	/** Deletes the sessions with these token hashes. */
	Mono<Void> deleteAll(List<String> tokenHashes) {
		return FailoverRetry.retry(Mono.from(this.collection.deleteMany(Filters.in(TOKEN_HASH, tokenHashes))))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/**
	 * Finds the token hash of a session.
	 * @param memberId the id of the member
	 * @param id the session's id
	 * @return empty if the member has no such session
	 */
	Mono<String> findHash(String memberId, String id) {
		return Mono.from(this.collection.find(Filters.and(Filters.eq(ID, id), Filters.eq(MEMBER, memberId))).first())
			.map(Entry::tokenHash)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * The document of a session.
	 *
	 * @param tokenHash SHA-256 of the token in hex
	 * @param session the session
	 */
	public record Entry(@BsonId String tokenHash, Session session) {
	}

}
