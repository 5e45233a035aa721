package dev.agora.platform.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

/**
 * Lets the readers of one process who miss the same object wait for one of them.
 */
final class SingleFlight<T> {

	private final Map<String, Mono<T>> loads = new ConcurrentHashMap<>();

	/**
	 * Joins the load under this id, or starts it. It ends even when its readers leave.
	 */
	Mono<T> join(String id, Supplier<Mono<T>> load) {
		return Mono.defer(() -> this.loads.computeIfAbsent(id, (key) -> start(key, load)));
	}

	private Mono<T> start(String id, Supplier<Mono<T>> load) {
		return Mono.defer(load).doFinally((signal) -> this.loads.remove(id)).cache();
	}

}
