package dev.agora.graph.tie;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The ties of all members, one document for each owner and other member. The id of a tie
 * is {@code <owner>:<other>}.
 * <p>
 * Shard key: {@code owner}, hashed, followed by {@code _id}. Every query of a request
 * names the owners, so it goes to the shards that have them. Only the search for ties
 * that wait to be counted, a background task, goes to all shards.
 */
public final class Ties {

	private static final int PREFETCH = 256;

	private static final int COUNTED_AT_ONCE = 50_000;

	private static final String COUNT = "count";

	private static final String LAST = "last";

	private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

	private final MongoCollection<BsonDocument> collection;

	public Ties(MongoDatabase database, DocumentStore store) {
		this.collection = database.getCollection("ties", BsonDocument.class);
		for (TieKind kind : TieKind.values()) {
			// With the owner, the index suffices to count, also on a sharded cluster.
			Bson keys = Indexes.compoundIndex(Indexes.ascending(TieFields.of(kind), TieFields.OWNER),
					Indexes.descending(TieFields.ID));
			store.addIndex(this.collection, keys,
					new IndexOptions().partialFilterExpression(Filters.exists(TieFields.of(kind))));
		}
		store.addIndex(this.collection, Indexes.ascending(TieFields.UNCOUNTED), new IndexOptions().sparse(true));
	}

	/** Finds the ties of an owner to some others; those without an edge are left out. */
	public Flux<Tie> find(String owner, Collection<String> others) {
		Set<String> ids = others.stream().map((other) -> Tie.id(owner, other)).collect(Collectors.toSet());
		return read(new BsonDocument(TieFields.OWNER, new BsonString(owner)), Filters.in(TieFields.ID, ids));
	}

	/** Finds the ties that some changes concern, also those of different owners. */
	public Flux<Tie> findAll(Collection<TieChange> changes) {
		Set<String> owners = changes.stream().map(TieChange::owner).collect(Collectors.toSet());
		Set<String> ids = changes.stream().map((change) -> Tie.id(change)).collect(Collectors.toSet());
		return read(Filters.in(TieFields.OWNER, owners), Filters.in(TieFields.ID, ids));
	}

	/**
	 * Lists the ids of the members in a list, the highest first.
	 * @param after the id after which to begin, null for the first
	 * @param limit the maximum number
	 */
	public Flux<String> ids(String owner, TieKind kind, @Nullable String after, int limit) {
		return list(owner, kind, after, limit).map(Tie::other);
	}

	/**
	 * Lists the ties to the members in a list, the highest id first.
	 * @param after the id after which to begin, null for the first
	 * @param limit the maximum number, or 0 for all
	 */
	public Flux<Tie> list(String owner, TieKind kind, @Nullable String after, int limit) {
		Bson start = (after != null) ? Filters.lt(TieFields.ID, Tie.id(owner, after)) : Filters.empty();
		return Batches
			.of(this.collection.find(Filters.and(in(owner, kind), start))
				.sort(Sorts.descending(TieFields.ID))
				.limit(limit))
			.map(TieFields::toTie)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Reads the ids of all members in a list, the highest first. They are read on demand,
	 * so there may be many.
	 */
	public Flux<String> scan(String owner, TieKind kind) {
		return list(owner, kind, null, 0).limitRate(PREFETCH).map(Tie::other);
	}

	/**
	 * Lists the others of the ties of an owner, the lowest id first.
	 * @param after the id after which to begin, empty for the first
	 * @param limit the maximum number
	 */
	public Flux<String> others(String owner, String after, int limit) {
		Bson range = Filters.and(Filters.gt(TieFields.ID, Tie.id(owner, after)), Filters.lt(TieFields.ID, owner + ";"));
		return Batches
			.of(this.collection.find(Filters.and(Filters.eq(TieFields.OWNER, owner), range))
				.sort(Sorts.ascending(TieFields.ID))
				.limit(limit))
			.map((tie) -> tie.getString(TieFields.OTHER).getValue())
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Whether an owner has ties that wait to be counted. */
	public Mono<Boolean> hasUncounted(String owner) {
		Bson waiting = Filters.and(Filters.eq(TieFields.UNCOUNTED, owner), Filters.eq(TieFields.OWNER, owner));
		return Mono.from(this.collection.find(waiting).first()).hasElement().onErrorMap(MongoFailures::toProblem);
	}

	/** Finds ties of any owners that wait to be counted. */
	public Flux<Tie> findUncounted(int limit) {
		return Batches.of(this.collection.find(Filters.exists(TieFields.UNCOUNTED)).limit(limit))
			.map(TieFields::toTie)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Counts the members in a list. Each command counts a part, so that none is long. */
	public Mono<Long> count(String owner, TieKind kind) {
		return count(owner, kind, COUNTED_AT_ONCE);
	}

	Mono<Long> count(String owner, TieKind kind, int atOnce) {
		return countPart(in(owner, kind), atOnce)
			.expand((part) -> (part.getNumber(COUNT).longValue() < atOnce) ? Mono.empty()
					: countPart(Filters.and(in(owner, kind), Filters.lt(TieFields.ID, part.get(LAST))), atOnce))
			.reduce(0L, (sum, part) -> sum + part.getNumber(COUNT).longValue())
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Counts the first of the members in a list; empty if there are none. */
	private Mono<BsonDocument> countPart(Bson list, int atOnce) {
		return Mono.from(this.collection.aggregate(List.of(Aggregates.match(list),
				Aggregates.sort(Sorts.descending(TieFields.ID)), Aggregates.limit(atOnce),
				Aggregates.group(null, Accumulators.sum(COUNT, 1), Accumulators.min(LAST, "$" + TieFields.ID)))));
	}

	/**
	 * Writes ties, each unless it was written since it was read.
	 * @param ties the ties as they are to be stored
	 * @return whether all of them are written
	 */
	public Mono<Boolean> write(Collection<Tie> ties) {
		return write(ties.stream().map(Ties::toWrite).toList());
	}

	/**
	 * Stores in ties that they are counted as they are, unless they were written since.
	 * @param ties the ties as they are stored
	 * @return whether all of them are written
	 */
	public Mono<Boolean> setCounted(Collection<Tie> ties) {
		return write(ties.stream().map(Ties::toCounted).toList());
	}

	/**
	 * Stores a newer card in the ties of some owners, as far as there are any. Each is an
	 * update of its own, since one update of many documents may miss a document that is
	 * moved to another shard meanwhile.
	 */
	public Mono<Void> setCard(Collection<String> owners, TieCard card) {
		Bson older = Filters.not(Filters.gte(TieFields.CARD_VERSION, card.version()));
		Bson newer = revised(Updates.set(TieFields.CARD, TieFields.toBson(card)));
		List<UpdateOneModel<BsonDocument>> writes = owners.stream()
			.map((owner) -> new UpdateOneModel<BsonDocument>(Filters.and(id(owner, card.id()), older), newer))
			.toList();
		return Mono.from(this.collection.bulkWrite(writes, UNORDERED)).onErrorMap(MongoFailures::toProblem).then();
	}

	/** Deletes the card of a deleted member from a tie. */
	public Mono<Void> removeCard(String owner, String other) {
		Bson withCard = Filters.and(id(owner, other), Filters.exists(TieFields.CARD));
		return Mono.from(this.collection.updateOne(withCard, revised(Updates.unset(TieFields.CARD))))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	private static Bson revised(Bson update) {
		return Updates.combine(update, Updates.inc(TieFields.REVISION, 1L));
	}

	private Flux<Tie> read(Bson owners, Bson ids) {
		return Batches.of(this.collection.find(Filters.and(owners, ids)))
			.map(TieFields::toTie)
			.onErrorMap(MongoFailures::toProblem);
	}

	private Mono<Boolean> write(List<WriteModel<BsonDocument>> writes) {
		return writes.isEmpty() ? Mono.just(true)
				: Mono.from(this.collection.bulkWrite(new ArrayList<>(writes), UNORDERED))
					.map((result) -> result.getInsertedCount() + result.getMatchedCount() == writes.size())
					.onErrorResume(MongoFailures::isDuplicate, (taken) -> Mono.just(false))
					.onErrorMap(MongoFailures::toProblem);
	}

	private static WriteModel<BsonDocument> toWrite(Tie tie) {
		BsonDocument document = TieFields.toBson(tie);
		return (tie.revision() == 1) ? new InsertOneModel<>(document)
				: new ReplaceOneModel<>(unchanged(tie, tie.revision() - 1), document);
	}

	private static WriteModel<BsonDocument> toCounted(Tie tie) {
		TieCount count = new TieCount(tie.revision(), tie.kinds());
		return new UpdateOneModel<>(unchanged(tie, tie.revision()),
				Updates.combine(Updates.set(TieFields.COUNTED, TieCountFields.toBson(count)),
						Updates.unset(TieFields.UNCOUNTED), Updates.inc(TieFields.REVISION, 1L)));
	}

	private static Bson unchanged(Tie tie, long revision) {
		return Filters.and(id(tie.owner(), tie.other()), Filters.eq(TieFields.REVISION, revision));
	}

	private static Bson id(String owner, String other) {
		return Filters.and(Filters.eq(TieFields.ID, Tie.id(owner, other)), Filters.eq(TieFields.OWNER, owner));
	}

	private static Bson in(String owner, TieKind kind) {
		return Filters.and(Filters.eq(TieFields.of(kind), owner), Filters.eq(TieFields.OWNER, owner));
	}

}
