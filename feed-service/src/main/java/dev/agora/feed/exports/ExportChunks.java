package dev.agora.feed.exports;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.LongStream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;
import dev.agora.platform.problem.NotFound;

/**
 * The chunks of exports. The id of a chunk is {@code <export>:<service>:<run>:<number>},
 * so that all chunks of an export, of a part and of a run are in one range of ids.
 * <p>
 * Shard key: {@code _id}, by range.
 */
public final class ExportChunks {

	private static final String ID = "_id";

	private static final String DATA = "data";

	private static final String BYTES = "bytes";

	private static final String EXPIRES_AT = "expiresAt";

	private static final char SEPARATOR = ':';

	/** The character after the separator. */
	private static final char AFTER_SEPARATOR = ';';

	private final MongoCollection<BsonDocument> collection;

	public ExportChunks(MongoDatabase database, DocumentStore store) {
		this.collection = database.getCollection("exportChunks", BsonDocument.class);
		store.addExpiry(this.collection, EXPIRES_AT);
	}

	/**
	 * Stores a chunk; may be repeated.
	 * @param run identifies the run, as {@link #runOf} does
	 */
	Mono<Void> put(String run, long number, String text, Instant expiresAt) {
		byte[] data = text.getBytes(StandardCharsets.UTF_8);
		BsonDocument chunk = new BsonDocument(ID, new BsonString(id(run, number))).append(DATA, new BsonBinary(data))
			.append(BYTES, new BsonInt32(data.length))
			.append(EXPIRES_AT, new BsonDateTime(expiresAt.toEpochMilli()));
		return Mono.from(this.collection.insertOne(chunk))
			.onErrorResume(MongoFailures::isDuplicate, (repeated) -> Mono.empty())
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/** Counts the chunks of a run and adds up their lengths. */
	Mono<Size> measure(String run) {
		return Batches.of(this.collection.find(under(run)).projection(Projections.include(BYTES)))
			.map((chunk) -> new Size(1, chunk.getInt32(BYTES).getValue()))
			.reduce(new Size(0, 0), Size::plus)
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Reads the chunks of a run in their order, one at a time.
	 * @throws NotFound if one has expired
	 */
	Flux<byte[]> read(String run, long chunks) {
		return Flux.fromStream(() -> LongStream.rangeClosed(1, chunks).boxed())
			.concatMap((number) -> read(id(run, number)), 1);
	}

	/** Deletes all chunks of an export. */
	Mono<Void> deleteAll(String export) {
		return delete(under(export));
	}

	/** Deletes the chunks of the other runs of the same service. */
	Mono<Void> deleteOtherRuns(String export, String service, String run) {
		Bson before = range(export + SEPARATOR + service + SEPARATOR, run + SEPARATOR);
		Bson after = range(run + AFTER_SEPARATOR, export + SEPARATOR + service + AFTER_SEPARATOR);
		return delete(before).then(delete(after));
	}

	/** Returns the beginning of the ids of the chunks of a run. */
	static String runOf(String export, String service, String run) {
		return export + SEPARATOR + service + SEPARATOR + run;
	}

	private Mono<byte[]> read(String id) {
		return Mono.from(this.collection.find(Filters.eq(id)).first())
			.switchIfEmpty(Mono.error(() -> new NotFound("The export has expired. Start another one.")))
			.map((chunk) -> chunk.getBinary(DATA).getData())
			.onErrorMap(MongoFailures::toProblem);
	}

	private Mono<Void> delete(Bson chunks) {
		return Mono.from(this.collection.deleteMany(chunks)).onErrorMap(MongoFailures::toProblem).then();
	}

	private static Bson under(String prefix) {
		return range(prefix + SEPARATOR, prefix + AFTER_SEPARATOR);
	}

	private static Bson range(String from, String to) {
		return new BsonDocument(ID, new BsonDocument("$gte", new BsonString(from)).append("$lt", new BsonString(to)));
	}

	private static String id(String run, long number) {
		return run + SEPARATOR + number;
	}

	/**
	 * The size of a run.
	 *
	 * @param chunks the number of chunks
	 * @param bytes the sum of their lengths
	 */
	record Size(long chunks, long bytes) {

		Size plus(Size other) {
			return new Size(this.chunks + other.chunks, this.bytes + other.bytes);
		}

	}

}
