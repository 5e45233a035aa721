package dev.agora.platform.cache.envelope;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts records into JSON and back.
 */
public final class JsonCodec<T> implements ValueCodec<T> {

	private final ObjectReader reader;

	private final ObjectWriter writer;

	public JsonCodec(JsonMapper json, Class<T> type) {
		this.reader = json.readerFor(type);
		this.writer = json.writerFor(type);
	}

	@Override
	public byte[] write(T value) {
		return this.writer.writeValueAsBytes(value);
	}

	@Override
	public @Nullable T read(byte[] bytes, int start) {
		try {
			return this.reader.readValue(bytes, start, bytes.length - start);
		}
		catch (JacksonException unreadable) {
			return null;
		}
	}

}
