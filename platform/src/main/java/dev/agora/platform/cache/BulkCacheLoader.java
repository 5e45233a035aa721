package dev.agora.platform.cache;

import java.util.Map;
import java.util.Set;

import reactor.core.publisher.Flux;

/**
 * Reads several objects from their system of record in one query.
 */
@FunctionalInterface
public interface BulkCacheLoader<T> {

	/**
	 * Reads the current state of several objects, each with its id, in any order; those
	 * that do not exist are left out.
	 */
	Flux<Map.Entry<String, Versioned<T>>> load(Set<String> ids);

}
