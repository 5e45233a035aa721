package dev.agora.platform.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

/**
 * Shares one load among all concurrent readers of the same object in this process.
 */
public final class SingleFlight<T> {

	private final Map<String, Mono<T>> loads = new ConcurrentHashMap<>();

	/**
	 * Joins the load of an object or starts it. A load completes even if all its readers
	 * have cancelled.
	 */
	public Mono<T> join(String id, Supplier<Mono<T>> load) {
		return Mono.defer(() -> this.loads.computeIfAbsent(id, (key) -> start(key, load)));
	}

	private Mono<T> start(String id, Supplier<Mono<T>> load) {
		return Mono.defer(load).doFinally((signal) -> this.loads.remove(id)).cache();
	}

}
