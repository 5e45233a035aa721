package dev.agora.session.member;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Documents;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.BulkInsert;
import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.mongo.MongoFailures;
import dev.agora.platform.problem.Conflict;

/**
 * The reservations of handles. A reservation names the id of its member and is written
 * before the member is. If the writer dies in between, the next registration with the
 * handle fences that id, so that a writer that was only slow cannot continue, and takes
 * the reservation over.
 * <p>
 * Shard key: {@code _id}, the handle.
 */
final class Handles {

	private static final String MEMBER = "member";

	private static final String IMPORTED_BY = "importedBy";

	/**
	 * The maximum number of checks whether a registration was completed. Together they
	 * take much longer than a busy machine needs.
	 */
	private static final int MAX_CHECKS = 30;

	private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);

	private static final int MAX_ATTEMPTS = 100;

	private final MongoCollection<Entry> collection;

	/** The same collection, for inserts in bulk. */
	private final MongoCollection<BsonDocument> documents;

	private final Documents<Member> members;

	Handles(MongoDatabase database, Documents<Member> members) {
		this.collection = database.getCollection("handles", Entry.class);
		this.documents = database.getCollection("handles", BsonDocument.class);
		this.members = members;
	}

	/** Finds the id of the member who has or gets a handle; empty if it is free. */
	Mono<String> find(String handle) {
		return read(handle).map(Entry::member).onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Reserves a handle for a member who is being registered.
	 * @throws Conflict if it is taken
	 */
	Mono<Void> reserve(String handle, String memberId) {
		Mono<Boolean> reserved = Mono.defer(() -> attempt(handle, memberId))
			.filter(Boolean::booleanValue)
			.repeatWhenEmpty(MAX_ATTEMPTS, Function.identity());
		return FailoverRetry.retry(reserved).onErrorMap(MongoFailures::toProblem).then();
	}

	/** Reserves a handle for a member who exists already. */
	Mono<Void> record(String handle, String memberId) {
		return insert(handle, memberId).then();
	}

	/**
	 * Reserves handles for members who are imported.
	 * @param entries the reservations to make, one for each handle
	 * @return the reservations that were there before, by handle
	 */
	Mono<Map<String, Entry>> reserveAll(Collection<Entry> entries) {
		List<BsonDocument> documents = entries.stream().map(Entry::toBson).toList();
		return FailoverRetry.retry(BulkInsert.insert(this.documents, documents))
			.flatMap((taken) -> taken.isEmpty() ? Mono.just(Map.<String, Entry>of()) : findAll(taken))
			.onErrorMap(MongoFailures::toProblem);
	}

	private Mono<Map<String, Entry>> findAll(Collection<String> taken) {
		return Batches.of(this.collection.find(Filters.in("_id", taken))).collectMap(Entry::handle);
	}

	/** Returns false if another writer interfered and the attempt has to be repeated. */
	private Mono<Boolean> attempt(String handle, String memberId) {
		return insert(handle, memberId).flatMap((inserted) -> inserted ? Mono.just(true) : takeOver(handle, memberId));
	}

	private Mono<Boolean> insert(String handle, String memberId) {
		return Mono.from(this.collection.insertOne(new Entry(handle, memberId, null)))
			.thenReturn(true)
			.onErrorResume(MongoFailures::isDuplicate, (reserved) -> Mono.just(false));
	}

	private Mono<Boolean> takeOver(String handle, String memberId) {
		return read(handle).flatMap((entry) -> entry.member().equals(memberId) ? Mono.just(true)
				: requireVacant(entry.member()).then(replace(entry, memberId)))
			.defaultIfEmpty(false);
	}

	private Mono<Entry> read(String handle) {
		return Mono.from(this.collection.find(Filters.eq(handle)).first());
	}

	/**
	 * Waits for a registration that may be in progress, before it fences the member's id.
	 */
	private Mono<Void> requireVacant(String memberId) {
		return Mono.defer(() -> this.members.isUsed(memberId))
			.filter(Boolean::booleanValue)
			.repeatWhenEmpty((tries) -> tries.take(MAX_CHECKS).delayElements(CHECK_INTERVAL))
			.then(Mono.defer(() -> this.members.fence(memberId)))
			.flatMap((vacant) -> vacant ? Mono.empty()
					: Mono.error(new Conflict("handle-taken", "handle", "This handle is taken.")));
	}

	private Mono<Boolean> replace(Entry vacant, String memberId) {
		Bson unchanged = Filters.and(Filters.eq(vacant.handle()), Filters.eq(MEMBER, vacant.member()));
		return Mono
			.from(this.collection.updateOne(unchanged,
					Updates.combine(Updates.set(MEMBER, memberId), Updates.unset(IMPORTED_BY))))
			.map((result) -> result.getMatchedCount() == 1);
	}

	/**
	 * The document of a reservation.
	 *
	 * @param handle the handle
	 * @param member the id of the member who has or gets it
	 * @param importedBy the row that imported the member; null if none did
	 */
	public record Entry(@BsonId String handle, String member, @Nullable String importedBy) {

		private BsonDocument toBson() {
			BsonDocument document = new BsonDocument("_id", new BsonString(this.handle)).append(MEMBER,
					new BsonString(this.member));
			return (this.importedBy != null) ? document.append(IMPORTED_BY, new BsonString(this.importedBy)) : document;
		}

	}

}
