package dev.agora.gateway.resilience;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;

import dev.agora.platform.problem.DeadlineExceeded;
import dev.agora.platform.problem.Unavailable;

/** Whether the reads or the writes of one route go through. */
final class RouteCircuitBreaker {

	private static final Logger log = LoggerFactory.getLogger(RouteCircuitBreaker.class);

	private final CircuitBreaker breaker;

	private final AtomicBoolean asked = new AtomicBoolean();

	private final Unavailable resting;

	private final Counter refused;

	RouteCircuitBreaker(String route, String service, CallKind calls, CircuitBreakerSettings settings,
			MeterRegistry meters) {
		Tags tags = Tags.of("route", route, "calls", calls.tag());
		this.breaker = breaker(calls.tag() + " of " + route, settings);
		this.resting = new Unavailable("The " + service + " has failed too often; it is given a rest.",
				settings.rest());
		this.refused = meters.counter("route.rejected", tags.and("reason", "breaker"));
		Gauge.builder("route.breaker.open", this.breaker, (it) -> (it.getState() == State.OPEN) ? 1 : 0)
			.tags(tags)
			.register(meters);
	}

	/**
	 * Lets a request through, whose end must be told.
	 * @throws Unavailable while the service is given a rest
	 */
	void enter() {
		if (!isLetThrough()) {
			this.refused.increment();
			throw this.resting;
		}
	}

	/**
	 * An open breaker is asked by one at a time: its way to being half open has a lock,
	 * on which the others would wait. They are refused meanwhile.
	 */
	private boolean isLetThrough() {
		if (this.breaker.getState() != State.OPEN) {
			return this.breaker.tryAcquirePermission();
		}
		if (!this.asked.compareAndSet(false, true)) {
			return false;
		}
		try {
			return this.breaker.tryAcquirePermission();
		}
		finally {
			this.asked.set(false);
		}
	}

	/** The service answered, well or badly. */
	void answered(ServerHttpResponse answer) {
		if (isBad(answer)) {
			countFailure();
		}
		else {
			this.breaker.onSuccess(0, TimeUnit.NANOSECONDS);
		}
	}

	/** No clone answered, in time or at all; or something failed that is not theirs. */
	void failed(Throwable failure) {
		if (failure instanceof Unavailable || failure instanceof DeadlineExceeded) {
			countFailure();
		}
		else {
			this.breaker.releasePermission();
		}
	}

	/** The client went away, which says nothing about the service. */
	void givenUp() {
		this.breaker.releasePermission();
	}

	/**
	 * A 503 that says when to try again is the answer of a service that minds its own
	 * load, or lacks a store for this request: others it may still serve.
	 */
	private static boolean isBad(ServerHttpResponse answer) {
		@Nullable HttpStatusCode status = answer.getStatusCode();
		return status != null && status.is5xxServerError()
				&& !(status.value() == 503 && answer.getHeaders().containsHeader(HttpHeaders.RETRY_AFTER));
	}

	/**
	 * Watched here, not by a listener: with one the breaker makes an event of each call.
	 * Which failure it was it does not look at.
	 */
	private void countFailure() {
		State before = this.breaker.getState();
		this.breaker.onError(0, TimeUnit.NANOSECONDS, this.resting);
		if (before != State.OPEN && this.breaker.getState() == State.OPEN) {
			log.warn("The {} fail; refusing them for a while.", this.breaker.getName());
		}
	}

	/** Slow means late here. Free of locks, since it is told on the threads of Netty. */
	private static CircuitBreaker breaker(String name, CircuitBreakerSettings settings) {
		return CircuitBreaker.of(name,
				CircuitBreakerConfig.custom()
					.slidingWindow(settings.calls(), settings.minimum(), SlidingWindowType.COUNT_BASED,
							SlidingWindowSynchronizationStrategy.LOCK_FREE)
					.failureRateThreshold(settings.failureRate())
					.waitDurationInOpenState(settings.rest())
					.permittedNumberOfCallsInHalfOpenState(settings.trials())
					.writableStackTraceEnabled(false)
					.build());
	}

}
