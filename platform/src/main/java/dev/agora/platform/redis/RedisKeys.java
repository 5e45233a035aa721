package dev.agora.platform.redis;

import java.util.Collection;
import java.util.List;

/**
 * The keys that a call of Redis uses.
 *
 * @param type what each of them may hold, as {@code TYPE} names it
 * @param names the keys
 */
public record RedisKeys(String type, List<String> names) {

	/** Keys that hold texts or numbers. */
	public static RedisKeys strings(Collection<String> names) {
		return new RedisKeys("string", List.copyOf(names));
	}

	/** Keys that hold lists. */
	public static RedisKeys lists(Collection<String> names) {
		return new RedisKeys("list", List.copyOf(names));
	}

}
