package dev.agora.platform.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serializes and deserializes record keys. Keys are ids and therefore text. If the bytes
 * of a key are not valid UTF-8, a header keeps them, so that a dead letter and its replay
 * have the key of the record.
 */
public final class RecordKeys {

	/** The header with the bytes of a key that is not valid UTF-8. */
	public static final String RAW_KEY = "agora_raw_key";

	private RecordKeys() {
	}

	/** Deserializes keys. */
	static final class Reader implements Deserializer<String> {

		@Override
		public @Nullable String deserialize(String topic, byte @Nullable [] data) {
			return (data != null) ? new String(data, StandardCharsets.UTF_8) : null;
		}

		@Override
		public @Nullable String deserialize(String topic, Headers headers, byte @Nullable [] data) {
			headers.remove(RAW_KEY);
			if (data != null && !isText(data)) {
				headers.add(RAW_KEY, data);
			}
			return deserialize(topic, data);
		}

		private static boolean isText(byte[] data) {
			try {
				StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data));
				return true;
			}
			catch (CharacterCodingException ex) {
				return false;
			}
		}

	}

	/** Serializes keys. */
	static final class Writer implements Serializer<String> {

		@Override
		public byte @Nullable [] serialize(String topic, @Nullable String key) {
			return (key != null) ? key.getBytes(StandardCharsets.UTF_8) : null;
		}

		@Override
		public byte @Nullable [] serialize(String topic, Headers headers, @Nullable String key) {
			Header raw = headers.lastHeader(RAW_KEY);
			return (raw != null) ? raw.value() : serialize(topic, key);
		}

	}

}
