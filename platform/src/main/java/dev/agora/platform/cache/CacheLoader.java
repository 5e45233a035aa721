package dev.agora.platform.cache;

import reactor.core.publisher.Mono;

/**
 * Reads one object from its system of record.
 */
@FunctionalInterface
public interface CacheLoader<T> {

	/**
	 * Reads the current state of an object; empty if it does not exist.
	 */
	Mono<Versioned<T>> load(String id);

}
