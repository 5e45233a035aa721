package dev.agora.platform.document;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.FindPublisher;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.mongo.MissingNumbers;
import dev.agora.platform.mongo.MongoFailures;

/**
 * Encodes and decodes the value of a document.
 */
final class DocumentCodec<T> {

	private static final Logger log = LoggerFactory.getLogger(DocumentCodec.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private static final BsonInt64 NONE = new BsonInt64(0);

	private final Codec<T> codec;

	private final MissingNumbers missingNumbers;

	private final Map<String, Function<T, String>> derived = new ConcurrentHashMap<>();

	DocumentCodec(Class<T> type, CodecRegistry codecs) {
		this.codec = codecs.get(type);
		this.missingNumbers = MissingNumbers.of(type);
	}

	/** Adds a field to each encoded value, which is ignored when the value is decoded. */
	void derive(String field, Function<T, String> derivation) {
		this.derived.put(field, derivation);
	}

	BsonDocument encode(T value) {
		BsonDocument document = new BsonDocument();
		this.codec.encode(new BsonDocumentWriter(document), value, EncoderContext.builder().build());
		this.derived.forEach((field, derivation) -> document.append(field, new BsonString(derivation.apply(value))));
		return document;
	}

	T decode(BsonDocument document) {
		this.missingNumbers.addTo(document);
		return this.codec.decode(new BsonDocumentReader(document), DecoderContext.builder().build());
	}

	Stored<T> stored(BsonDocument document) {
		return new Stored<>(document.getString("_id").getValue(), document.getInt64("version").getValue(),
				decode(document.getDocument("value")), instant(document.getDateTime("createdAt")),
				instant(document.getDateTime("updatedAt")), document.getNumber(Tallies.FIELD, NONE).longValue());
	}

	/** Decodes the documents of a query. */
	Flux<Stored<T>> decodeAll(FindPublisher<BsonDocument> query) {
		return Batches.of(query).map(this::stored).onErrorMap(MongoFailures::toProblem);
	}

	/** Reads the ids alone of the documents of a query. */
	Flux<String> ids(FindPublisher<BsonDocument> query) {
		return Batches.of(query.projection(Projections.include("_id")))
			.map((document) -> document.getString("_id").getValue())
			.onErrorMap(MongoFailures::toProblem);
	}

	/**
	 * Decodes the documents of a query without some fields, and leaves out those that
	 * cannot be decoded.
	 */
	Flux<Stored<T>> decodeReadable(FindPublisher<BsonDocument> query, List<String> withoutFields) {
		return Batches.of(query.projection(Projections.exclude(withoutFields)))
			.mapNotNull(this::storedIfReadable)
			.onErrorMap(MongoFailures::toProblem);
	}

	private @Nullable Stored<T> storedIfReadable(BsonDocument document) {
		try {
			return stored(document);
		}
		catch (CodecConfigurationException | BsonInvalidOperationException | IllegalArgumentException ex) {
			throttle.log("decode",
					(more) -> log.error(
							"The document {} cannot be decoded and is left out of lists ({} more since): {}",
							document.get("_id"), more, ex.toString()));
			return null;
		}
	}

	private static Instant instant(BsonDateTime time) {
		return Instant.ofEpochMilli(time.getValue());
	}

}
