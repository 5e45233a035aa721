package dev.agora.platform.cache;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Stands before every call of Redis: no caller waits longer than the command time-out,
 * and while Redis is slow or gone nobody waits at all.
 */
public final class RedisGuard implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RedisGuard.class);

	private final RedissonClient redis;

	private final RedisSettings settings;

	private final CircuitBreaker breaker;

	private final Disposable connecting;

	private volatile boolean connected;

	/**
	 * Connects, or goes on trying behind the scenes: a service starts without Redis.
	 */
	public RedisGuard(RedissonClient redis, RedisSettings settings, MeterRegistry meters) {
		this.redis = redis;
		this.settings = settings;
		this.breaker = breaker(settings);
		Gauge.builder("redis.available", this, (guard) -> guard.isAvailable() ? 1 : 0).register(meters);
		this.connecting = isReached() ? () -> {
		} : keepConnecting();
	}

	/**
	 * Calls Redis. Every failure of it, and "not now", is a {@link RedisUnavailable}.
	 */
	public <T> Mono<T> call(Supplier<Mono<T>> command) {
		return Mono.defer(() -> this.connected ? guarded(command)
				: Mono.error(new RedisUnavailable("Redis has not been reached yet.")));
	}

	/** Its calls belong into {@link #call}. */
	RedissonClient client() {
		return this.redis;
	}

	/**
	 * Whether Redis is asked at present.
	 */
	public boolean isAvailable() {
		return this.connected && this.breaker.getState() == CircuitBreaker.State.CLOSED;
	}

	@Override
	public void close() {
		this.connecting.dispose();
		if (!this.connected) {
			// Redisson waits ten seconds for commands that nobody will answer.
			this.redis.shutdown(0, 1, TimeUnit.SECONDS);
		}
	}

	private <T> Mono<T> guarded(Supplier<Mono<T>> command) {
		return Mono.defer(command)
			.timeout(this.settings.commandTimeout())
			.transform(CircuitBreakerOperator.of(this.breaker))
			.onErrorMap((failure) -> new RedisUnavailable("Redis does not answer.", failure));
	}

	/** Redisson's first use blocks its caller until it is connected: never a request. */
	private boolean isReached() {
		try {
			this.redis.getBucket("connected", ByteArrayCodec.INSTANCE).isExists();
			this.connected = true;
		}
		catch (RuntimeException failure) {
			log.debug("Redis is not reached: {}", failure.toString());
		}
		return this.connected;
	}

	private Disposable keepConnecting() {
		log.warn("Redis is not reached at {}; going on without it.", this.settings.address());
		return Flux.interval(this.settings.pause(), Schedulers.boundedElastic())
			.onBackpressureDrop()
			.takeUntil((tick) -> isReached())
			.doOnComplete(() -> log.info("Redis is reached at {}.", this.settings.address()))
			.subscribe();
	}

	/**
	 * Slow means late: a call past its time-out has failed. Free of locks, since it is
	 * told of each call on the threads of Netty.
	 */
	private static CircuitBreaker breaker(RedisSettings settings) {
		return CircuitBreaker.of("redis", CircuitBreakerConfig.custom()
			.slidingWindow(20, 10, SlidingWindowType.COUNT_BASED, SlidingWindowSynchronizationStrategy.LOCK_FREE)
			.failureRateThreshold(50)
			.waitDurationInOpenState(settings.pause())
			.permittedNumberOfCallsInHalfOpenState(2)
			.writableStackTraceEnabled(false)
			.build());
	}

}
