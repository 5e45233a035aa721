package dev.agora.graph.count;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.tie.TieCount;
import dev.agora.graph.tie.TieCountFields;
import dev.agora.graph.tie.TieKind;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;

/**
 * The sizes of members' lists, one document for each member. It is read by its id, for
 * ten followers as for a million.
 * <p>
 * Shard key: {@code _id}, the id of the member.
 */
public final class MemberGraphs {

	private static final String VERSION = "version";

	private static final String TOKENS = "tokens";

	private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

	private final MongoCollection<BsonDocument> collection;

	public MemberGraphs(MongoDatabase database) {
		this.collection = database.getCollection("memberGraphs", BsonDocument.class);
	}

	/** Finds the sizes of a member's lists; empty if there were no ties yet. */
	public Mono<MemberGraph> find(String owner) {
		return Mono.from(this.collection.find(Filters.eq(owner)).first())
			.map(MemberGraphs::toGraph)
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Finds the sizes of several members' lists. */
	public Flux<MemberGraph> findAll(Collection<String> owners) {
		return Batches.of(this.collection.find(Filters.in("_id", owners)))
			.map(MemberGraphs::toGraph)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Lists the members who have or had ties, by ascending id.
	 * @param after the id after which to begin
	 */
	Flux<String> owners(String after, int limit) {
		return Batches.of(this.collection.find(Filters.gt("_id", after)).sort(Sorts.ascending("_id")).limit(limit))
			.map((document) -> document.getString("_id").getValue())
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Writes graphs, each unless its version was raised since it was read.
	 * @param changed the graphs as they are to be stored, with the new tokens alone
	 * @return whether all of them are written
	 */
	Mono<Boolean> write(Collection<MemberGraph> changed) {
		List<WriteModel<BsonDocument>> writes = changed.stream().map(MemberGraphs::toWrite).toList();
		return writes.isEmpty() ? Mono.just(true)
				: Mono.from(this.collection.bulkWrite(new ArrayList<>(writes), UNORDERED))
					.map((result) -> result.getInsertedCount() + result.getMatchedCount() == writes.size())
					.onErrorResume(MongoFailures::isDuplicate, (taken) -> Mono.just(false))
					.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Removes the tokens of ties that are marked as counted.
	 * @param marked the tokens by owner
	 */
	Mono<Void> removeTokens(Map<String, Map<String, TieCount>> marked) {
		if (marked.isEmpty()) {
			return Mono.empty();
		}
		List<UpdateOneModel<BsonDocument>> writes = new ArrayList<>();
		marked.forEach((owner, tokens) -> writes.add(toRemoval(owner, tokens)));
		return Mono.from(this.collection.bulkWrite(writes, UNORDERED))
			.filter((removed) -> removed.getMatchedCount() < marked.size())
			.flatMap((some) -> removeEach(marked))
			.onErrorMap(MongoFailures::toProblem);
	}

	/** Removes one token after another, since a member has a later one beside others. */
	private Mono<Void> removeEach(Map<String, Map<String, TieCount>> marked) {
		List<UpdateOneModel<BsonDocument>> writes = new ArrayList<>();
		marked.forEach((owner, tokens) -> tokens
			.forEach((other, token) -> writes.add(toRemoval(owner, Map.of(other, token)))));
		return Mono.from(this.collection.bulkWrite(writes, UNORDERED)).then();
	}

	private static WriteModel<BsonDocument> toWrite(MemberGraph graph) {
		if (graph.version() == 1) {
			return new InsertOneModel<>(toBson(graph));
		}
		List<Bson> updates = new ArrayList<>();
		updates.add(Updates.set(VERSION, graph.version()));
		graph.sizes().forEach((kind, size) -> updates.add(Updates.set(TieCountFields.nameOf(kind), size)));
		graph.tokens()
			.forEach((other, token) -> updates.add(Updates.set(TOKENS + "." + other, TieCountFields.toBson(token))));
		return new UpdateOneModel<>(Filters.and(Filters.eq(graph.owner()), Filters.eq(VERSION, graph.version() - 1)),
				Updates.combine(updates));
	}

	/** Removes some tokens of a member, unless one of them is a later one. */
	private static UpdateOneModel<BsonDocument> toRemoval(String owner, Map<String, TieCount> tokens) {
		List<Bson> later = new ArrayList<>();
		List<Bson> removals = new ArrayList<>();
		tokens.forEach((other, token) -> {
			String field = TOKENS + "." + other;
			later.add(Filters.gt(field + "." + TieCountFields.REVISION, token.revision()));
			removals.add(Updates.unset(field));
		});
		return new UpdateOneModel<>(Filters.and(Filters.eq(owner), Filters.nor(later)), Updates.combine(removals));
	}

	private static BsonDocument toBson(MemberGraph graph) {
		BsonDocument document = new BsonDocument("_id", new BsonString(graph.owner())).append(VERSION,
				new BsonInt64(graph.version()));
		graph.sizes().forEach((kind, size) -> document.append(TieCountFields.nameOf(kind), new BsonInt64(size)));
		BsonDocument tokens = new BsonDocument();
		graph.tokens().forEach((other, token) -> tokens.append(other, TieCountFields.toBson(token)));
		return document.append(TOKENS, tokens);
	}

	private static MemberGraph toGraph(BsonDocument document) {
		Map<TieKind, Long> sizes = new EnumMap<>(TieKind.class);
		for (TieKind kind : TieKind.values()) {
			sizes.put(kind, document.getNumber(TieCountFields.nameOf(kind), new BsonInt64(0)).longValue());
		}
		Map<String, TieCount> tokens = new HashMap<>();
		document.getDocument(TOKENS, new BsonDocument())
			.forEach((other, token) -> tokens.put(other, TieCountFields.toCount(token.asDocument())));
		return new MemberGraph(document.getString("_id").getValue(), document.getInt64(VERSION).getValue(), sizes,
				tokens);
	}

}
