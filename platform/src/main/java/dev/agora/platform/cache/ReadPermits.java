package dev.agora.platform.cache;

import java.time.Duration;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.metrics.CapacityMeters;
import dev.agora.platform.problem.Unavailable;

/**
 * Bounds the number of concurrent reads of one kind. A read waits for its permit for a
 * limited time.
 */
public final class ReadPermits {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

	private final Bulkhead bulkhead;

	private final long polls;

	private final String refusal;

	/**
	 * Creates permits.
	 * @param name the name of the reads
	 * @param max the maximum number of concurrent reads
	 * @param timeout the maximum time that a read waits for its permit
	 * @param refusal tells the client why a read got no permit
	 */
	public ReadPermits(String name, int max, Duration timeout, String refusal) {
		this.bulkhead = Bulkhead.of(name,
				BulkheadConfig.custom()
					.maxConcurrentCalls(max)
					.maxWaitDuration(Duration.ZERO)
					.writableStackTraceEnabled(false)
					.build());
		this.polls = timeout.dividedBy(POLL_INTERVAL);
		this.refusal = refusal;
	}

	/** Creates the permits of reads of the system of record without a lease. */
	public static ReadPermits ofOrigin(CacheSettings settings) {
		return new ReadPermits("cache.origin", settings.maxOriginReads(), settings.originPermitTimeout(),
				"Too many requests wait for the database.");
	}

	/**
	 * Registers the reads in flight.
	 * @param resource the name of the reads in the metrics
	 */
	public void register(MeterRegistry meters, String resource) {
		Bulkhead.Metrics metrics = this.bulkhead.getMetrics();
		CapacityMeters.register(meters, resource,
				() -> metrics.getMaxAllowedConcurrentCalls() - metrics.getAvailableConcurrentCalls(),
				metrics::getMaxAllowedConcurrentCalls);
	}

	/**
	 * Runs a read as soon as it has a permit. If there is none in time, it fails with
	 * {@link Unavailable}.
	 */
	public <R> Mono<R> withPermit(Mono<R> read) {
		return read.transformDeferred(BulkheadOperator.of(this.bulkhead))
			.retryWhen(Retry.fixedDelay(this.polls, POLL_INTERVAL)
				.jitter(0.5)
				.filter(BulkheadFullException.class::isInstance)
				.onRetryExhaustedThrow((spec, signal) -> signal.failure()))
			.onErrorMap(BulkheadFullException.class, (full) -> new Unavailable(this.refusal, RETRY_AFTER));
	}

}
