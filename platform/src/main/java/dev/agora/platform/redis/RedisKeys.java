package dev.agora.platform.redis;

import java.util.Collection;
import java.util.List;

/**
 * The keys that a call of Redis uses.
 *
 * @param type the type of their values, as the command {@code TYPE} names it
 * @param names the names of the keys
 */
public record RedisKeys(String type, List<String> names) {

	/** Keys of texts or numbers. */
	public static RedisKeys strings(Collection<String> names) {
		return new RedisKeys("string", List.copyOf(names));
	}

	/** Keys of streams. */
	public static RedisKeys streams(Collection<String> names) {
		return new RedisKeys("stream", List.copyOf(names));
	}

	/** Keys of hashes. */
	public static RedisKeys hashes(Collection<String> names) {
		return new RedisKeys("hash", List.copyOf(names));
	}

	/** Keys of lists. */
	public static RedisKeys lists(Collection<String> names) {
		return new RedisKeys("list", List.copyOf(names));
	}

}
