package dev.agora.platform.cache;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.micrometer.core.instrument.Timer;
import reactor.core.publisher.Mono;

import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.problem.Unavailable;

/**
 * Reads the system of record with a deadline. Reads without a lease need a permit, which
 * bounds their number.
 */
final class Origin {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final ReadPermits permits;

	private final CacheSettings settings;

	private final CacheMeters meters;

	Origin(ReadPermits permits, CacheSettings settings, CacheMeters meters) {
		this.permits = permits;
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
		return this.permits.withPermit(read);
	}

	private <T> Mono<Map<String, Versioned<T>>> loadInTime(Set<String> ids, BulkCacheLoader<T> loader) {
		return loader.load(ids)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.timeout(this.settings.loadDeadline())
			.onErrorMap(TimeoutException.class,
					(late) -> new Unavailable("The database did not respond in time.", RETRY_AFTER));
	}

}
