package dev.agora.platform.document;

import java.time.Duration;
import java.util.List;

import com.mongodb.ReadConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MongoFailures;

/** Reads the live documents of one collection. */
final class Reads<T> {

	private static final Logger log = LoggerFactory.getLogger(Reads.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private final DocumentCodec<T> codec;

	private final MongoCollection<BsonDocument> collection;

	Reads(DocumentCodec<T> codec, MongoCollection<BsonDocument> collection) {
		this.codec = codec;
		this.collection = collection;
	}

	/** Finds a document that the majority has acknowledged. */
	Mono<Stored<T>> find(String id) {
		return decode(query(this.collection.withReadConcern(ReadConcern.MAJORITY), Filters.eq(id), null, 1)).next();
	}

	Flux<Stored<T>> list(Bson filter, @Nullable Bson sort, int limit) {
		return decode(query(this.collection, filter, sort, limit));
	}

	/** Lists documents without some fields. One that cannot be decoded is left out. */
	Flux<Stored<T>> listWithout(List<String> fields, Bson filter, Bson sort, int limit) {
		return Batches.of(query(this.collection, filter, sort, limit).projection(Projections.exclude(fields)))
			.mapNotNull(this::decodeIfPossible)
			.onErrorMap(MongoFailures::toProblem);
	}

	private Flux<Stored<T>> decode(FindPublisher<BsonDocument> query) {
		return Batches.of(query).map(this.codec::stored).onErrorMap(MongoFailures::toProblem);
	}

	private @Nullable Stored<T> decodeIfPossible(BsonDocument document) {
		try {
			return this.codec.stored(document);
		}
		catch (CodecConfigurationException | BsonInvalidOperationException | IllegalArgumentException ex) {
			throttle.log("decode",
					(more) -> log.error("The document {} cannot be decoded and is left out of lists ({} more since): {}",
							document.get("_id"), more, ex.toString()));
			return null;
		}
	}

	private static FindPublisher<BsonDocument> query(MongoCollection<BsonDocument> from, Bson filter,
			@Nullable Bson sort, int limit) {
		return from.find(Filters.and(filter, Filters.exists(Outbox.REMOVED_AT, false))).sort(sort).limit(limit);
	}

}
