package dev.agora.platform.document;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;

import dev.agora.platform.mongo.MissingNumbers;

/**
 * Encodes and decodes the value of a document.
 */
final class DocumentCodec<T> {

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

	private static Instant instant(BsonDateTime time) {
		return Instant.ofEpochMilli(time.getValue());
	}

}
