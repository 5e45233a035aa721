package dev.agora.platform.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.ByteArrayCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.redis.RedisFailures.Kind;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/**
 * Stands before every call of Redis: no caller waits longer than the command time-out,
 * and while Redis is slow or gone nobody waits at all.
 */
public final class RedisGuard implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RedisGuard.class);

	/**
	 * Deletes a key that holds something else than it should. Keys: the key. Arguments:
	 * what it should hold. Answers 1 when deleted.
	 */
	private static final Script REPLACE = new Script(ReturnType.LONG, """
			local type = redis.call('TYPE', KEYS[1]).ok
			return type ~= 'none' and type ~= ARGV[1] and redis.call('DEL', KEYS[1]) or 0
			""");

	private final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private final RedissonClient redis;

	private final RedisSettings settings;

	private final CircuitBreaker breaker;

	private final RedisScripts scripts;

	private final Counter replaced;

	private final Counter rejected;

	private final Disposable connecting;

	private volatile boolean connected;

	private volatile String reason = "";

	/**
	 * Connects, or goes on trying behind the scenes: a service starts without Redis.
	 */
	public RedisGuard(RedissonClient redis, RedisSettings settings, MeterRegistry meters) {
		this.redis = redis;
		this.settings = settings;
		this.scripts = new RedisScripts(redis);
		this.breaker = breaker(settings);
		this.breaker.getEventPublisher().onStateTransition((event) -> logChange(event.getStateTransition()));
		this.replaced = meters.counter("redis.keys.replaced");
		this.rejected = meters.counter("redis.rejected");
		Gauge.builder("redis.available", this, (guard) -> guard.isAvailable() ? 1 : 0).register(meters);
		this.connecting = isReached() ? () -> {
		} : keepConnecting();
	}

	/**
	 * Calls Redis. Every failure of it, and "not now", is a {@link RedisFailure}: see
	 * {@link RedisFailures}.
	 */
	public <T> Mono<T> call(Supplier<Mono<T>> command) {
		return Mono.defer(() -> this.connected ? guarded(command)
				: Mono.error(new RedisUnavailable("Redis has not been reached yet.")));
	}

	/**
	 * Calls Redis for some keys. A key that holds what it cannot hold, such as a list in
	 * place of a text, is deleted and the call repeated: what Redis keeps can be built
	 * again, and one bad key must cost neither its owner nor others anything.
	 * {@code redis.keys.replaced} counts such keys.
	 * @param keys those that the command uses
	 * @param command may be called twice, and may have done its work on some keys before
	 */
	public <T> Mono<T> call(RedisKeys keys, Supplier<Mono<T>> command) {
		return call(command).onErrorResume(RedisRejection.class,
				(rejection) -> isOfKey(rejection) ? replace(keys).then(call(command)) : Mono.error(rejection));
	}

	/** Its calls belong into {@link #call}. */
	public RedissonClient client() {
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
			.onErrorMap(this::failure);
	}

	private RedisFailure failure(Throwable failure) {
		Kind kind = RedisFailures.kind(failure);
		if (kind == Kind.UNAVAILABLE) {
			if (!(failure instanceof CallNotPermittedException)) {
				this.reason = RedisFailures.reason(failure);
			}
			return new RedisUnavailable("Redis does not answer.", failure);
		}
		String answer = RedisFailures.answer(failure);
		if (kind == Kind.OF_PROGRAM) {
			this.rejected.increment();
			this.throttle.log("rejected",
					(more) -> log.error(
							"Redis refuses a command ({} more since): {} (which rights it takes: docs/operations.md)",
							more, answer));
		}
		return new RedisRejection("Redis refuses the command: " + answer, failure);
	}

	private void logChange(StateTransition change) {
		if (change == StateTransition.CLOSED_TO_OPEN) {
			this.throttle.log("opened", (more) -> log
				.warn("Redis fails; going on without it until it works again ({} more since): {}", more, this.reason));
		}
		else if (change == StateTransition.HALF_OPEN_TO_CLOSED) {
			this.throttle.log("closed", (more) -> log.info("Redis works again ({} more since).", more));
		}
	}

	private static boolean isOfKey(RedisRejection rejection) {
		Throwable cause = rejection.getCause();
		return cause != null && RedisFailures.kind(cause) == Kind.OF_KEY;
	}

	private Mono<Void> replace(RedisKeys keys) {
		List<Call> calls = keys.names()
			.stream()
			.map((key) -> new Call(List.of(key), List.of(RedisScripts.bytes(keys.type()))))
			.toList();
		return call(() -> this.scripts.run(REPLACE, calls)).doOnNext((deleted) -> replaced(keys, deleted)).then();
	}

	private void replaced(RedisKeys keys, List<Object> deleted) {
		long count = deleted.stream().filter(Long.valueOf(1)::equals).count();
		if (count == 0) {
			return;
		}
		this.replaced.increment((double) count);
		// Without what the key is about, which may be somebody's name.
		String first = keys.names().get(Math.max(0, deleted.indexOf(1L))).replaceFirst("\\{.*", "{…}");
		this.throttle.log("replaced",
				(more) -> log.warn("Deleted {} keys of Redis that are no {}, such as {} ({} times more since)", count,
						keys.type(), first, more));
	}

	/** Redisson's first use blocks its caller until it is connected: never a request. */
	private boolean isReached() {
		try {
			// Of no key, since a user may have the right to some keys alone.
			this.redis.getScript(ByteArrayCodec.INSTANCE).eval(Mode.READ_WRITE, "return 1", ReturnType.LONG);
			this.connected = true;
		}
		catch (RuntimeException failure) {
			// A user who may not ask this is answered as well.
			this.connected = RedisFailures.kind(failure) == Kind.OF_PROGRAM && failure instanceof RedisException;
			this.reason = String.valueOf(failure.getMessage());
		}
		return this.connected;
	}

	private Disposable keepConnecting() {
		log.warn("Redis is not reached at {}; going on without it. {}", this.settings.address(), this.reason);
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
			.recordException((failure) -> RedisFailures.kind(failure) == Kind.UNAVAILABLE)
			.slidingWindow(20, 10, SlidingWindowType.COUNT_BASED, SlidingWindowSynchronizationStrategy.LOCK_FREE)
			.failureRateThreshold(50)
			.waitDurationInOpenState(settings.pause())
			.permittedNumberOfCallsInHalfOpenState(2)
			.writableStackTraceEnabled(false)
			.build());
	}

}
