package dev.agora.platform.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

/**
 * Shares one load among all concurrent readers of the same object in this process.
 */
public final class SingleFlight<T> {

	private final Map<String, Flight> flights = new ConcurrentHashMap<>();

	/**
	 * Joins the load of an object or starts it. A load completes even if all its readers
	 * have cancelled.
	 */
	public Mono<T> join(String id, Supplier<Mono<T>> load) {
		return Mono.defer(() -> this.flights.computeIfAbsent(id, (key) -> new Flight(key, load)).result);
	}

	/**
	 * Lets no further reader join the load that is in progress, because the object has
	 * changed since it began.
	 */
	void drop(String id) {
		this.flights.remove(id);
	}

	/** A load in progress, which removes no other load of the same object. */
	private final class Flight {

		private final Mono<T> result;

		Flight(String id, Supplier<Mono<T>> load) {
			this.result = Mono.defer(load).doFinally((signal) -> SingleFlight.this.flights.remove(id, this)).cache();
		}

	}

}
