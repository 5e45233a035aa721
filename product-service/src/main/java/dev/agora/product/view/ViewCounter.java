package dev.agora.product.view;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import dev.agora.platform.redis.RedisFailure;

/**
 * Counts the views that this instance serves, in memory, and adds them to the buffer now
 * and then.
 */
public final class ViewCounter {

	/** The largest number of products; views of others are not counted meanwhile. */
	static final int CAPACITY = 10_000;

	private final ViewBuffer buffer;

	private final Counter dropped;

	private final Map<String, Long> views = new ConcurrentHashMap<>();

	public ViewCounter(ViewBuffer buffer, MeterRegistry meters) {
		this.buffer = buffer;
		this.dropped = meters.counter("views.dropped");
	}

	/** Counts a view of a product. */
	void count(String product) {
		if (this.views.size() < CAPACITY || this.views.containsKey(product)) {
			this.views.merge(product, 1L, Long::sum);
		}
		else {
			this.dropped.increment();
		}
	}

	/**
	 * Adds the views to the buffer. They are dropped if Redis is unavailable: it may have
	 * counted them, and no view is counted twice.
	 */
	Mono<Void> flush() {
		return Mono.fromSupplier(this::take)
			.flatMap((taken) -> this.buffer.add(taken).doOnError((failure) -> drop(taken)))
			.onErrorComplete(RedisFailure.class);
	}

	/** Takes the views, so that each is taken once. */
	private Map<String, Long> take() {
		Map<String, Long> taken = new HashMap<>();
		this.views.keySet().forEach((product) -> taken.put(product, this.views.remove(product)));
		return taken;
	}

	private void drop(Map<String, Long> lost) {
		this.dropped.increment((double) lost.values().stream().mapToLong(Long::longValue).sum());
	}

}
