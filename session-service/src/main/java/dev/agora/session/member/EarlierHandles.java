package dev.agora.session.member;

import java.util.Set;

import com.mongodb.MongoCommandException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonString;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;

/**
 * Migrates members that were stored when unique indexes prevented duplicate handles and
 * requests. It reserves their handles and drops those indexes, which no sharded
 * collection can have. It runs until one instance has finished; several may run it at a
 * time.
 */
final class EarlierHandles {

	private static final int CONCURRENCY = 16;

	/** The names of the unique indexes. */
	private static final Set<String> UNIQUE = Set.of("value.handle_1", "request.key_1");

	private static final int MAX_INDEXES = 64;

	private static final String MIGRATION = "handles-reserved";

	private final MongoCollection<BsonDocument> members;

	private final MongoCollection<BsonDocument> migrations;

	private final Handles handles;

	EarlierHandles(MongoDatabase database, Handles handles) {
		this.members = database.getCollection("members", BsonDocument.class);
		this.migrations = database.getCollection("migrations", BsonDocument.class);
		this.handles = handles;
	}

	Mono<Void> run() {
		return Mono.defer(() -> Mono.from(this.migrations.find(Filters.eq(MIGRATION)).first()))
			.switchIfEmpty(Mono.defer(this::migrate))
			.then();
	}

	private Mono<BsonDocument> migrate() {
		BsonDocument done = new BsonDocument("_id", new BsonString(MIGRATION));
		return Batches
			.of(this.members.find(Filters.exists("value.handle")).projection(Projections.include("value.handle")))
			.flatMap(this::reserve, CONCURRENCY)
			.thenMany(Flux.defer(this::oldIndexes).concatMap(this::dropIndex))
			.then(Mono.from(this.migrations.insertOne(done)))
			.onErrorResume(MongoFailures::isDuplicate, (doneByAnother) -> Mono.empty())
			.thenReturn(done);
	}

	private Mono<Void> reserve(BsonDocument member) {
		String handle = member.getDocument("value").getString("handle").getValue();
		return this.handles.record(handle, member.getString("_id").getValue());
	}

	/** Lists the indexes to drop; a server logs each attempt to drop a missing one. */
	private Flux<String> oldIndexes() {
		return Flux.from(this.members.listIndexes().batchSize(MAX_INDEXES))
			.map((index) -> index.getString("name"))
			.filter(UNIQUE::contains);
	}

	private Mono<Void> dropIndex(String name) {
		return Mono.from(this.members.dropIndex(name))
			.onErrorResume(MongoCommandException.class, (missing) -> Mono.empty())
			.then();
	}

}
