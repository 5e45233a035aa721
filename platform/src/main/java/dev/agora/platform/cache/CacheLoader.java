package dev.agora.platform.cache;

import reactor.core.publisher.Mono;

/**
 * Reads one object from its system of record.
 */
@FunctionalInterface
public interface CacheLoader<T> {

	/**
	 * The object as it is now; empty when there is none.
	 */
	Mono<Versioned<T>> load(String id);

}
