package dev.agora.session.member;

import java.time.Duration;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Documents;
import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.mongo.MongoFailures;
import dev.agora.platform.problem.Conflict;

/**
 * Who has which handle: a reservation names the member, and is written before them. If
 * the writer dies in between, the next one who wants the handle fences the id of that
 * member, so that the writer cannot go on if it was only slow, and takes the reservation
 * over.
 * <p>
 * Shard key: {@code _id}, the handle.
 */
final class Handles {

	private static final String MEMBER = "member";

	/** Who is registering is waited for: much longer than it takes, however busy. */
	private static final int READS = 30;

	private static final Duration PAUSE = Duration.ofMillis(100);

	private static final int ATTEMPTS = 100;

	private final MongoCollection<Entry> collection;

	private final Documents<Member> members;

	Handles(MongoDatabase database, Documents<Member> members) {
		this.collection = database.getCollection("handles", Entry.class);
		this.members = members;
	}

	/** The id of the member who has a handle or is getting it; empty if it is free. */
	Mono<String> find(String handle) {
		return read(handle).map(Entry::member).onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Reserves a handle for a member who is not there yet.
	 * @throws Conflict if it is taken
	 */
	Mono<Void> reserve(String handle, String memberId) {
		Mono<Boolean> reserved = Mono.defer(() -> attempt(handle, memberId))
			.filter(Boolean::booleanValue)
			.repeatWhenEmpty(ATTEMPTS, Function.identity());
		return FailoverRetry.retry(reserved).onErrorMap(MongoFailures::toProblem).then();
	}

	/** Reserves a handle for a member who is there. */
	Mono<Void> record(String handle, String memberId) {
		return insert(handle, memberId).then();
	}

	/** Whether the handle is reserved; false if that has to be found out again. */
	private Mono<Boolean> attempt(String handle, String memberId) {
		return insert(handle, memberId).flatMap((inserted) -> inserted ? Mono.just(true) : takeOver(handle, memberId));
	}

	private Mono<Boolean> insert(String handle, String memberId) {
		return Mono.from(this.collection.insertOne(new Entry(handle, memberId)))
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

	/** A member who is just being registered gets the time to appear. */
	private Mono<Void> requireVacant(String memberId) {
		return Mono.defer(() -> this.members.isUsed(memberId))
			.filter(Boolean::booleanValue)
			.repeatWhenEmpty((tries) -> tries.take(READS).delayElements(PAUSE))
			.then(Mono.defer(() -> this.members.fence(memberId)))
			.flatMap((vacant) -> vacant ? Mono.empty()
					: Mono.error(new Conflict("handle-taken", "handle", "This handle is taken.")));
	}

	private Mono<Boolean> replace(Entry vacant, String memberId) {
		Bson unchanged = Filters.and(Filters.eq(vacant.handle()), Filters.eq(MEMBER, vacant.member()));
		return Mono.from(this.collection.updateOne(unchanged, Updates.set(MEMBER, memberId)))
			.map((result) -> result.getMatchedCount() == 1);
	}

	/**
	 * How a reservation is stored.
	 *
	 * @param handle the handle
	 * @param member the id of the member who has it, or gets it
	 */
	public record Entry(@BsonId String handle, String member) {
	}

}
