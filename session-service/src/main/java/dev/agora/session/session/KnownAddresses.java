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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The networks from which members have logged in, kept for as long as a session may last.
 * They outlive sessions and the data in Redis, so that guesses of others do not lock a
 * member out at home.
 * <p>
 * Shard key: {@code _id}, the handle and the network.
 */
public final class KnownAddresses {

	private static final String MEMBER_ID = "memberId";

	private static final String EXPIRES_AT = "expiresAt";

	private final MongoCollection<Entry> collection;

	private final Duration retention;

	private final Clock clock;

	public KnownAddresses(MongoDatabase database, DocumentStore store, SessionSettings settings, Clock clock) {
		this.collection = database.getCollection("knownAddresses", Entry.class);
		this.retention = settings.absoluteLifetime();
		this.clock = clock;
		store.addIndex(this.collection, Indexes.ascending(MEMBER_ID), new IndexOptions());
		store.addExpiry(this.collection, EXPIRES_AT);
	}

	/** Whether the member with a handle has logged in from a network. */
	public Mono<Boolean> contains(String handle, String network) {
		Bson known = Filters.and(Filters.eq(id(handle, network)), Filters.gt(EXPIRES_AT, this.clock.instant()));
		return Mono.from(this.collection.find(known).first()).hasElement().onErrorMap(MongoFailures::toProblem);
	}

	/** Records that a member has logged in from a network. */
	public Mono<Void> add(String memberId, String handle, String network) {
		Instant now = this.clock.instant();
		Entry entry = new Entry(id(handle, network), memberId, now.plus(this.retention));
		return Mono.from(this.collection.replaceOne(Filters.eq(entry.id()), entry, new ReplaceOptions().upsert(true)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** Lists the networks of a member. They are read on demand. */
	public Flux<KnownNetwork> list(String memberId) {
		return Batches.of(this.collection.find(Filters.eq(MEMBER_ID, memberId)))
			.map((entry) -> new KnownNetwork(networkOf(entry.id()), entry.expiresAt()))
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Deletes the networks of a deleted member. */
	Mono<Void> deleteAll(String memberId) {
		return Mono.from(this.collection.deleteMany(Filters.eq(MEMBER_ID, memberId)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	private static String id(String handle, String network) {
		return handle + " " + network;
	}

	/** The network follows the handle, which has no space. */
	private static String networkOf(String id) {
		return id.substring(id.indexOf(' ') + 1);
	}

	/**
	 * A network from which a member has logged in.
	 *
	 * @param network the network
	 * @param expiresAt when it is forgotten
	 */
	public record KnownNetwork(String network, Instant expiresAt) {
	}

	/**
	 * The document of a network.
	 *
	 * @param id handle and network
	 * @param memberId the id of the member
	 * @param expiresAt when the document is deleted
	 */
	public record Entry(@BsonId String id, String memberId, Instant expiresAt) {
	}

}
