package dev.agora.platform.cache.envelope;

import org.jspecify.annotations.Nullable;

/**
 * Converts cached objects into bytes and back.
 */
public interface ValueCodec<T> {

	/** Writes an object. */
	byte[] write(T value);

	/**
	 * Reads an object.
	 * @param bytes an entry of the cache
	 * @param start the index of the object's first byte; the object ends with the entry
	 * @return the object, or null if it cannot be read
	 */
	@Nullable T read(byte[] bytes, int start);

}
