package dev.agora.session.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.codecs.pojo.annotations.BsonId;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.MongoFailures;

/**
 * From where members have logged in, for as long as a session may last. It outlives
 * sessions and Redis, so that nobody's guesses lock a member out at home.
 */
public final class KnownAddresses {

	private final MongoCollection<Entry> collection;

	private final Duration memory;

	private final Clock clock;

	public KnownAddresses(MongoDatabase database, DocumentStore store, LoginSettings settings, Clock clock) {
		this.collection = database.getCollection("knownAddresses", Entry.class);
		this.memory = settings.absoluteLifetime();
		this.clock = clock;
		IndexOptions untilOld = new IndexOptions().expireAfter(this.memory.toSeconds(), TimeUnit.SECONDS);
		store.prepareBy(this.collection.createIndex(Indexes.ascending("memberId")));
		store.prepareBy(this.collection.createIndex(Indexes.ascending("usedAt"), untilOld));
	}

	/** Whether the member with this handle has logged in from there. */
	Mono<Boolean> knows(String handle, String network) {
		Instant oldest = this.clock.instant().minus(this.memory);
		return Mono.from(this.collection.find(Filters.eq(id(handle, network))).first())
			.map((entry) -> entry.usedAt().isAfter(oldest))
			.defaultIfEmpty(false)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Notes that a member has logged in from there. */
	Mono<Void> remember(String memberId, String handle, String network) {
		Entry entry = new Entry(id(handle, network), memberId, this.clock.instant());
		return Mono.from(this.collection.replaceOne(Filters.eq(entry.id()), entry, new ReplaceOptions().upsert(true)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** Forgets a member who is gone. */
	Mono<Void> forget(String memberId) {
		return Mono.from(this.collection.deleteMany(Filters.eq("memberId", memberId)))
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
	 * @param usedAt when they last logged in from there
	 */
	public record Entry(@BsonId String id, String memberId, Instant usedAt) {
	}

}
