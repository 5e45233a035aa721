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
 * Reads the system of record with a deadline. Reads without a lease need a permit, which
 * bounds their number.
 */
final class Origin {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

	private final Bulkhead bulkhead;

	private final CacheSettings settings;

	private final CacheMeters meters;

	Origin(Bulkhead bulkhead, CacheSettings settings, CacheMeters meters) {
		this.bulkhead = bulkhead;
		this.settings = settings;
		this.meters = meters;
	}

	/**
	 * Loads objects and measures the time. A load that exceeds the deadline fails with
	 * {@link Unavailable}.
	 */
	<T> Mono<Map<String, Versioned<T>>> load(Set<String> ids, BulkCacheLoader<T> loader, LoadCause cause) {
		return Mono.defer(() -> {
			Timer.Sample sample = Timer.start();
			return loadInTime(ids, loader).doOnSuccess((loaded) -> this.meters.loaded(sample, cause))
				.doOnError((failure) -> this.meters.loadFailed(sample, cause));
		});
	}

	/**
	 * Runs a read as soon as it has a permit. If there is none in time, it fails with
	 * {@link Unavailable}.
	 */
	<R> Mono<R> withPermit(Mono<R> read) {
		long polls = this.settings.originPermitTimeout().dividedBy(POLL_INTERVAL);
		return read.transformDeferred(BulkheadOperator.of(this.bulkhead))
			.retryWhen(Retry.fixedDelay(polls, POLL_INTERVAL)
				.jitter(0.5)
				.filter(BulkheadFullException.class::isInstance)
				.onRetryExhaustedThrow((spec, signal) -> signal.failure()))
			.onErrorMap(BulkheadFullException.class,
					(full) -> new Unavailable("Too many requests wait for the database.", RETRY_AFTER));
	}

	private <T> Mono<Map<String, Versioned<T>>> loadInTime(Set<String> ids, BulkCacheLoader<T> loader) {
		return loader.load(ids)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.timeout(this.settings.loadDeadline())
			.onErrorMap(TimeoutException.class,
					(late) -> new Unavailable("The database did not respond in time.", RETRY_AFTER));
	}

}
