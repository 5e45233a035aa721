package dev.agora.session.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.mongo.MongoFailures;

/**
 * From where members have logged in, for as long as a session may last. It outlives
 * sessions and Redis, so that nobody's guesses lock a member out at home.
 * <p>
 * Shard key: {@code _id}, handle and network.
 */
public final class KnownAddresses {

	private static final String MEMBER_ID = "memberId";

	private static final String EXPIRES_AT = "expiresAt";

	private final MongoCollection<Entry> collection;

	private final Duration memory;

	private final Clock clock;

	public KnownAddresses(MongoDatabase database, DocumentStore store, SessionSettings settings, Clock clock) {
		this.collection = database.getCollection("knownAddresses", Entry.class);
		this.memory = settings.absoluteLifetime();
		this.clock = clock;
		store.addIndex(this.collection, Indexes.ascending(MEMBER_ID), new IndexOptions());
		store.addExpiry(this.collection, EXPIRES_AT);
	}

	/** Whether the member with this handle has logged in from there. */
	public Mono<Boolean> knows(String handle, String network) {
		Bson known = Filters.and(Filters.eq(id(handle, network)), Filters.gt(EXPIRES_AT, this.clock.instant()));
		return Mono.from(this.collection.find(known).first()).hasElement().onErrorMap(MongoFailures::toProblem);
	}

	/** Notes that a member has logged in from there. */
	public Mono<Void> remember(String memberId, String handle, String network) {
		Instant now = this.clock.instant();
		Entry entry = new Entry(id(handle, network), memberId, now.plus(this.memory));
		return Mono.from(this.collection.replaceOne(Filters.eq(entry.id()), entry, new ReplaceOptions().upsert(true)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** Forgets a member who is gone. */
	Mono<Void> forget(String memberId) {
		return Mono.from(this.collection.deleteMany(Filters.eq(MEMBER_ID, memberId)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	private static String id(String handle, String network) {
		return handle + " " + network;
	}

	/**
	 * How it is stored.
	 *
	 * @param id handle and network
	 * @param memberId whose handle it is
	 * @param expiresAt until when it is known that they logged in from there
	 */
	public record Entry(@BsonId String id, String memberId, Instant expiresAt) {
	}

}
