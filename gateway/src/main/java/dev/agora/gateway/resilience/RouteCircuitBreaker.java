package dev.agora.gateway.resilience;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;

import dev.agora.platform.metrics.BreakerMeters;
import dev.agora.platform.problem.DeadlineExceeded;
import dev.agora.platform.problem.Unavailable;

/** The circuit breaker of the reads, or of the writes, of one route. */
final class RouteCircuitBreaker {

	private static final Logger log = LoggerFactory.getLogger(RouteCircuitBreaker.class);

	private final CircuitBreaker breaker;

	private final AtomicBoolean probing = new AtomicBoolean();

	private final Unavailable circuitOpen;

	private final Counter refused;

	RouteCircuitBreaker(String route, String service, CallKind calls, CircuitBreakerSettings settings,
			MeterRegistry meters) {
		Tags tags = Tags.of("route", route, "calls", calls.tag());
		this.breaker = breaker(calls.tag() + " of " + route, settings);
		this.circuitOpen = new Unavailable(
				"Too many requests to the " + service + " have failed, so its circuit is open. Try again later.",
				settings.openDuration());
		this.refused = meters.counter("route.rejected", tags.and("reason", "breaker"));
		BreakerMeters.register(meters, route + ":" + calls.tag(), this.breaker);
	}

	/**
	 * Permits a request, whose end must be recorded.
	 * @throws Unavailable while the circuit is open
	 */
	void acquirePermission() {
		if (!isPermitted()) {
			this.refused.increment();
			throw this.circuitOpen;
		}
	}

	/**
	 * Only one thread at a time asks an open circuit: its change to half-open takes a
	 * lock, on which the others would wait. They are rejected meanwhile.
	 */
	private boolean isPermitted() {
		if (this.breaker.getState() != State.OPEN) {
			return this.breaker.tryAcquirePermission();
		}
		if (!this.probing.compareAndSet(false, true)) {
			return false;
		}
		try {
			return this.breaker.tryAcquirePermission();
		}
		finally {
			this.probing.set(false);
		}
	}

	/** Records the response of the service, which may be an error. */
	void recordResponse(ServerHttpResponse response) {
		if (isFailure(response)) {
			countFailure();
		}
		else {
			this.breaker.onSuccess(0, TimeUnit.NANOSECONDS);
		}
	}

	/** Records a request without a response. Only a failure of the service counts. */
	void recordFailure(Throwable failure) {
		if (failure instanceof Unavailable || failure instanceof DeadlineExceeded) {
			countFailure();
		}
		else {
			this.breaker.releasePermission();
		}
	}

	/**
	 * Records that the client closed the connection, which says nothing about the
	 * service.
	 */
	void recordCancellation() {
		this.breaker.releasePermission();
	}

	/**
	 * A 503 with {@code Retry-After} is no failure: the service sheds load, or lacks a
	 * store for this request, and may still serve others.
	 */
	private static boolean isFailure(ServerHttpResponse response) {
		@Nullable HttpStatusCode status = response.getStatusCode();
		return status != null && status.is5xxServerError()
				&& !(status.value() == 503 && response.getHeaders().containsHeader(HttpHeaders.RETRY_AFTER));
	}

	/**
	 * The state is compared here, since with a listener the breaker would create an event
	 * for each call. The breaker does not distinguish failures.
	 */
	private void countFailure() {
		State before = this.breaker.getState();
		this.breaker.onError(0, TimeUnit.NANOSECONDS, this.circuitOpen);
		if (before != State.OPEN && this.breaker.getState() == State.OPEN) {
			log.warn("Circuit open: too many {} have failed.", this.breaker.getName());
		}
	}

	/**
	 * A slow call counts as a failure only if it misses its deadline. The window is free
	 * of locks, since event loops write to it.
	 */
	private static CircuitBreaker breaker(String name, CircuitBreakerSettings settings) {
		return CircuitBreaker.of(name,
				CircuitBreakerConfig.custom()
					.slidingWindow(settings.calls(), settings.minimum(), SlidingWindowType.COUNT_BASED,
							SlidingWindowSynchronizationStrategy.LOCK_FREE)
					.failureRateThreshold(settings.failureRate())
					.waitDurationInOpenState(settings.openDuration())
					.permittedNumberOfCallsInHalfOpenState(settings.halfOpenCalls())
					.writableStackTraceEnabled(false)
					.build());
	}

}
