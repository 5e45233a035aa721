package dev.agora.platform.imports.upload;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.mongo.FailoverRetry;
import dev.agora.platform.mongo.MongoFailures;
import dev.agora.platform.problem.NotFound;

/**
 * The uploaded files, in chunks that every worker can read. An upload that breaks off
 * leaves no chunk. If its instance dies, its chunks expire.
 * <p>
 * Shard key: {@code _id}, which is the id of the upload and the number of the chunk. Each
 * chunk is read and deleted by its {@code _id}; the only other index is that of the
 * expiry.
 */
public final class Uploads {

	/** How long a file waits for its job to run. */
	static final Duration TTL = Duration.ofDays(7);

	private static final String DATA = "data";

	private static final String EXPIRES_AT = "expiresAt";

	private final MongoCollection<BsonDocument> chunks;

	private final IdGenerator ids;

	private final Clock clock;

	public Uploads(MongoDatabase database, DocumentStore store, IdGenerator ids, Clock clock) {
		this.chunks = database.getCollection("uploads", BsonDocument.class);
		this.ids = ids;
		this.clock = clock;
		store.addExpiry(this.chunks, EXPIRES_AT);
	}

	/**
	 * Stores a file while it arrives: a chunk is received once the one before it is
	 * written. If the body fails or the caller cancels, all chunks are deleted.
	 * @param body the file
	 * @param maxBytes the maximum length
	 */
	public Mono<Upload> store(Flux<DataBuffer> body, long maxBytes) {
		return Mono.usingWhen(Mono.fromSupplier(() -> new Writing(this.ids.next(), new Chunker(maxBytes))),
				(writing) -> write(body, writing), (writing) -> Mono.empty(), (writing, failure) -> undo(writing),
				this::undo);
	}

	private Mono<Upload> write(Flux<DataBuffer> body, Writing writing) {
		return body.map(Uploads::take)
			.concatMapIterable(writing.chunker::add, 1)
			.concatWith(Flux.defer(() -> Flux.fromIterable(writing.chunker.end())))
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release)
			.concatMap((chunk) -> writing.start(insert(writing.nextId(), chunk)), 1)
			.then(Mono.fromSupplier(() -> writing.chunker.toUpload(writing.id)));
	}

	/**
	 * Copies a piece and releases it, so that no failure after it can leak its buffer.
	 */
	private static byte[] take(DataBuffer piece) {
		byte[] bytes = new byte[piece.readableByteCount()];
		piece.read(bytes);
		DataBufferUtils.release(piece);
		return bytes;
	}

	private Mono<Void> insert(String id, byte[] chunk) {
		BsonDocument document = new BsonDocument("_id", new BsonString(id)).append(DATA, new BsonBinary(chunk))
			.append(EXPIRES_AT, new BsonDateTime(this.clock.millis() + TTL.toMillis()));
		return FailoverRetry.retry(Mono.from(this.chunks.insertOne(document)))
			.onErrorResume(MongoFailures::isDuplicate, (repeated) -> Mono.empty())
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

	/**
	 * Deletes the chunks after the last insertion has ended, whose outcome is unknown.
	 */
	private Mono<Void> undo(Writing writing) {
		return writing.last.onErrorComplete().then(Mono.defer(() -> delete(writing.id, writing.started)));
	}

	/**
	 * Reads a file, a chunk at a time.
	 * @throws NotFound if it has expired
	 */
	public Flux<DataBuffer> read(Upload upload) {
		return Flux.fromStream(() -> ids(upload.id(), upload.chunks()))
			.concatMap((id) -> Mono.from(this.chunks.find(Filters.eq(id)).first())
				.switchIfEmpty(Mono.error(() -> new NotFound("The uploaded file has expired. Upload it again.")))
				.onErrorMap(MongoFailures::toProblem), 1)
			.map((chunk) -> DefaultDataBufferFactory.sharedInstance.wrap(chunk.getBinary(DATA).getData()));
	}

	/** Deletes a file; it may have been deleted already. */
	public Mono<Void> delete(Upload upload) {
		return delete(upload.id(), upload.chunks());
	}

	private Mono<Void> delete(String upload, int count) {
		List<String> all = ids(upload, count).toList();
		return all.isEmpty() ? Mono.empty()
				: Mono.from(this.chunks.deleteMany(Filters.in("_id", all))).onErrorMap(MongoFailures::toProblem).then();
	}

	private static Stream<String> ids(String upload, int count) {
		return IntStream.range(0, count).mapToObj((number) -> chunkId(upload, number));
	}

	private static String chunkId(String upload, int number) {
		return upload + "/" + number;
	}

	/** A file that is being received. */
	private static final class Writing {

		private final String id;

		private final Chunker chunker;

		private int started;

		private volatile Mono<Void> last = Mono.empty();

		Writing(String id, Chunker chunker) {
			this.id = id;
			this.chunker = chunker;
		}

		String nextId() {
			return chunkId(this.id, this.started++);
		}

		/** Starts an insertion, which continues if the upload breaks off. */
		Mono<Void> start(Mono<Void> insertion) {
			this.last = insertion.cache();
			return this.last;
		}

	}

}
