package dev.agora.graph.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.mongo.CombinedCommands;
import dev.agora.platform.mongo.CombinedOperations;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The members whose many ties wait to show their newest state, one document for each
 * member. A newer version of a member begins again at the first tie.
 * <p>
 * Shard key: {@code _id}, the id of the member. The sweep's search for the next member
 * queries all shards.
 */
public final class PendingMembers {

	/** How long a member waits whose ties could not be written. */
	private static final Duration RETRY = Duration.ofSeconds(30);

	private static final String VERSION = "version";

	private static final String POSITION = "position";

	/** The time from which the member waits for a turn. */
	private static final String TURN = "turn";

	private final MongoCollection<BsonDocument> collection;

	private final CombinedOperations<UpdateOneModel<BsonDocument>, Boolean> additions;

	private final Clock clock;

	public PendingMembers(MongoDatabase database, DocumentStore store, Clock clock) {
		this.collection = database.getCollection("pendingMembers", BsonDocument.class);
		this.additions = CombinedCommands.upserts(this.collection);
		this.clock = clock;
		store.addIndex(this.collection, Indexes.ascending(TURN), new IndexOptions());
	}

	/** Lets a member wait, unless they wait with this version or a newer one already. */
	Mono<Void> add(String member, long version) {
		// Not Filters.and: some servers do not find the id of a new document inside $and.
		Bson older = new BsonDocument("_id", new BsonString(member)).append(VERSION,
				new BsonDocument("$lt", new BsonInt64(version)));
		Bson update = Updates.combine(Updates.set(VERSION, version), Updates.set(POSITION, ""),
				Updates.set(TURN, this.clock.instant()));
		return this.additions.send(new UpdateOneModel<>(older, update, new UpdateOptions().upsert(true)))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** Finds the member who has waited longest for a turn; empty if nobody waits. */
	Mono<PendingMember> findNext() {
		return Mono
			.from(this.collection.find(Filters.lte(TURN, this.clock.instant())).sort(Sorts.ascending(TURN)).first())
			.map((found) -> new PendingMember(found.getString("_id").getValue(), found.getInt64(VERSION).getValue(),
					found.getString(POSITION).getValue()))
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Stores how far a member has come, unless a newer version has begun since. */
	Mono<Void> save(PendingMember member, String position) {
		return update(member,
				Updates.combine(Updates.set(POSITION, position), Updates.set(TURN, this.clock.instant())));
	}

	/** Lets a member wait whose ties cannot be written now. */
	Mono<Void> postpone(PendingMember member) {
		Instant later = this.clock.instant().plus(RETRY);
		return update(member, Updates.set(TURN, later));
	}

	/**
	 * Removes a member whose ties are in line, unless a newer version has begun since.
	 */
	Mono<Void> remove(PendingMember member) {
		return Mono.from(this.collection.deleteOne(same(member))).onErrorMap(MongoFailures::toProblem).then();
	}

	private Mono<Void> update(PendingMember member, Bson update) {
		return Mono.from(this.collection.updateOne(same(member), update)).onErrorMap(MongoFailures::toProblem).then();
	}

	private static Bson same(PendingMember member) {
		return Filters.and(Filters.eq(member.id()), Filters.eq(VERSION, member.version()));
	}

}
