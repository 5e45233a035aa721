package dev.agora.platform.cache;

import java.util.Map;
import java.util.Set;

import reactor.core.publisher.Flux;

/**
 * Reads several objects from their system of record in one go.
 */
@FunctionalInterface
public interface BulkCacheLoader<T> {

	/**
	 * The objects as they are now, each under its id, in any order; what does not exist
	 * is left out.
	 */
	Flux<Map.Entry<String, Versioned<T>>> load(Set<String> ids);

}
