package dev.agora.platform.cache;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.micrometer.core.instrument.Timer;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.problem.Unavailable;

/**
 * The way to the system of record: with a deadline, and with a bounded number of readers
 * where no lease bounds them.
 */
final class Origin {

	private static final Duration AGAIN = Duration.ofSeconds(1);

	private static final Duration TURN = Duration.ofMillis(10);

	private final Bulkhead bulkhead;

	private final CacheSettings settings;

	private final CacheMeters meters;

	Origin(Bulkhead bulkhead, CacheSettings settings, CacheMeters meters) {
		this.bulkhead = bulkhead;
		this.settings = settings;
		this.meters = meters;
	}

	/**
	 * Loads, and measures it. Past the deadline it is {@link Unavailable}.
	 */
	<T> Mono<Map<String, Versioned<T>>> load(Set<String> ids, BulkCacheLoader<T> loader) {
		return Mono.defer(() -> {
			Timer.Sample sample = Timer.start();
			return loadInTime(ids, loader).doOnSuccess((loaded) -> this.meters.loaded(sample))
				.doOnError((failure) -> this.meters.loadFailed(sample));
		});
	}

	/**
	 * Waits briefly for a turn when too many read already, then it is
	 * {@link Unavailable}.
	 */
	<R> Mono<R> inTurn(Mono<R> read) {
		long turns = this.settings.directWait().dividedBy(TURN);
		return read.transformDeferred(BulkheadOperator.of(this.bulkhead))
			.retryWhen(Retry.fixedDelay(turns, TURN)
				.jitter(0.5)
				.filter(BulkheadFullException.class::isInstance)
				.onRetryExhaustedThrow((spec, signal) -> signal.failure()))
			.onErrorMap(BulkheadFullException.class,
					(full) -> new Unavailable("Too many reads wait for the store.", AGAIN));
	}

	private <T> Mono<Map<String, Versioned<T>>> loadInTime(Set<String> ids, BulkCacheLoader<T> loader) {
		return loader.load(ids)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.timeout(this.settings.loadDeadline())
			.onErrorMap(TimeoutException.class, (late) -> new Unavailable("The store did not answer in time.", AGAIN));
	}

}
