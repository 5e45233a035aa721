package dev.agora.platform.document;

import java.time.Instant;

import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.BsonInt64;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;

/**
 * Encodes and decodes the value of a document.
 */
final class DocumentCodec<T> {

	private static final BsonInt64 NONE = new BsonInt64(0);

	private final Codec<T> codec;

	DocumentCodec(Class<T> type, CodecRegistry codecs) {
		this.codec = codecs.get(type);
	}

	BsonDocument encode(T value) {
		BsonDocument document = new BsonDocument();
		this.codec.encode(new BsonDocumentWriter(document), value, EncoderContext.builder().build());
		return document;
	}

	T decode(BsonDocument document) {
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
