package dev.agora.platform.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.Counter;
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
import dev.agora.platform.metrics.BreakerMeters;
import dev.agora.platform.redis.RedisFailures.Kind;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/**
 * Guards every call of Redis with a time-out and a circuit breaker: no caller waits
 * longer than the command time-out, and while Redis is slow or unavailable no caller
 * waits at all.
 */
public final class RedisGuard implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RedisGuard.class);

	/**
	 * Deletes a key whose value has another type. Keys: the key. Arguments: the right
	 * type. Returns 1 if it deleted the key.
	 */
	private static final Script<Long> DELETE_WRONG_TYPE = Script.ofNumber("""
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
	 * Connects to Redis. If Redis is unreachable, the guard keeps trying in the
	 * background, so that a service starts without it.
	 */
	public RedisGuard(RedissonClient redis, RedisSettings settings, MeterRegistry meters) {
		this.redis = redis;
		this.settings = settings;
		this.scripts = new RedisScripts(redis);
		this.breaker = breaker(settings);
		this.breaker.getEventPublisher().onStateTransition((event) -> logChange(event.getStateTransition()));
		this.replaced = meters.counter("redis.keys.replaced");
		this.rejected = meters.counter("redis.rejected");
		BreakerMeters.register(meters, "redis", this.breaker);
		this.connecting = tryConnect() ? () -> {
		} : keepConnecting();
	}

	/**
	 * Calls Redis. Every failure is a {@link RedisFailure}, as {@link RedisFailures}
	 * classifies it.
	 */
	public <T> Mono<T> call(Supplier<Mono<T>> command) {
		return Mono.defer(() -> this.connected ? guarded(command)
				: Mono.error(new RedisUnavailable("Redis is not connected yet.")));
	}

	/**
	 * Calls Redis for some keys. If a key holds a value of another type, such as a list
	 * instead of a text, the guard deletes the key and repeats the call: all that Redis
	 * keeps can be built again. {@code redis.keys.replaced} counts such keys.
	 * @param keys the keys that the command uses
	 * @param command the command, which may run twice
	 */
	public <T> Mono<T> call(RedisKeys keys, Supplier<Mono<T>> command) {
		return call(command).onErrorResume(RedisRejection.class, (rejection) -> isWrongType(rejection)
				? deleteWrongTypes(keys).then(call(command)) : Mono.error(rejection));
	}

	/** Returns the client. Its commands must run within {@link #call}. */
	public RedissonClient client() {
		return this.redis;
	}

	/**
	 * Whether calls reach Redis: it is connected, and the circuit breaker is closed.
	 */
	public boolean isAvailable() {
		return this.connected && this.breaker.getState() == CircuitBreaker.State.CLOSED;
	}

	boolean isConnected() {
		return this.connected;
	}

	@Override
	public void close() {
		this.connecting.dispose();
		if (!this.connected) {
			// Redisson would wait ten seconds for commands that never complete.
			this.redis.shutdown(0, 1, TimeUnit.SECONDS);
		}
	}

	private <T> Mono<T> guarded(Supplier<Mono<T>> command) {
		return Mono.defer(command)
			.timeout(this.settings.commandTimeout())
			.doOnError(this::rememberReason)
			.transform(CircuitBreakerOperator.of(this.breaker))
			.onErrorMap(this::failure);
	}

	private RedisFailure failure(Throwable failure) {
		return switch (RedisFailures.kind(failure)) {
			case UNAVAILABLE -> new RedisUnavailable("Redis does not respond.", failure);
			case FORBIDDEN -> {
				logRejected(RedisFailures.error(failure));
				yield new RedisUnavailable.PermissionMissing("The user of Redis lacks a permission.", failure);
			}
			case WRONG_TYPE -> new RedisRejection("A key of Redis has a value of another type.", failure);
			case REJECTED -> {
				logRejected(RedisFailures.error(failure));
				yield new RedisRejection("Redis rejects the command: " + RedisFailures.error(failure), failure);
			}
		};
	}

	/** The circuit logs the reason when it opens, as soon as it counts the failure. */
	private void rememberReason(Throwable failure) {
		if (RedisFailures.kind(failure) == Kind.UNAVAILABLE) {
			this.reason = RedisFailures.reason(failure);
		}
	}

	private void logRejected(String error) {
		this.rejected.increment();
		this.throttle.log("rejected", (more) -> log.error("Redis rejects a command ({} more since): {}"
				+ " (docs/kubernetes.md lists the permissions that its user needs)", more, error));
	}

	private void logChange(StateTransition change) {
		if (change == StateTransition.CLOSED_TO_OPEN) {
			this.throttle.log("opened", (more) -> log
				.warn("Redis fails, so this service continues without it ({} more since): {}", more, this.reason));
		}
		else if (change == StateTransition.HALF_OPEN_TO_CLOSED) {
			this.throttle.log("closed", (more) -> log.info("Redis works again ({} more since).", more));
		}
	}

	private static boolean isWrongType(RedisRejection rejection) {
		Throwable cause = rejection.getCause();
		return cause != null && RedisFailures.kind(cause) == Kind.WRONG_TYPE;
	}

	private Mono<Void> deleteWrongTypes(RedisKeys keys) {
		List<Call> calls = keys.names().stream().map((key) -> Call.of(key, keys.type())).toList();
		return call(() -> this.scripts.runAll(DELETE_WRONG_TYPE, calls))
			.doOnNext((deleted) -> logDeleted(keys, deleted))
			.then();
	}

	private void logDeleted(RedisKeys keys, List<Long> deleted) {
		long count = deleted.stream().filter(Long.valueOf(1)::equals).count();
		if (count == 0) {
			return;
		}
		this.replaced.increment((double) count);
		// Only the beginning of the key is logged, since its id may be personal data.
		String first = keys.names().get(Math.max(0, deleted.indexOf(1L))).replaceFirst("\\{.*", "{…}");
		this.throttle.log("replaced",
				(more) -> log.warn("Deleted {} keys of Redis whose type was not {}, such as {} ({} times more since)",
						count, keys.type(), first, more));
	}

	/** The first use of Redisson blocks its caller until it is connected. */
	private boolean tryConnect() {
		try {
			// The script has no keys, since the user may have access to certain keys
			// only.
			this.redis.getScript(ByteArrayCodec.INSTANCE).eval(Mode.READ_WRITE, "return 1", ReturnType.LONG);
			this.connected = true;
		}
		catch (RuntimeException failure) {
			Kind kind = RedisFailures.kind(failure);
			// A server that rejects the script is connected as well.
			this.connected = kind == Kind.FORBIDDEN || (kind == Kind.REJECTED && failure instanceof RedisException);
			this.reason = String.valueOf(failure.getMessage());
		}
		return this.connected;
	}

	private Disposable keepConnecting() {
		log.warn("Redis at {} is unreachable, so this service starts without it. {}", this.settings.address(),
				this.reason);
		return Flux.interval(this.settings.openDuration(), Schedulers.boundedElastic())
			.onBackpressureDrop()
			.takeUntil((tick) -> tryConnect())
			.doOnComplete(() -> log.info("Redis at {} is connected.", this.settings.address()))
			.subscribe();
	}

	/**
	 * A slow call fails by its time-out, so failures alone open the circuit. The window
	 * is a time, so that a short pause of Redis or of this process does not outweigh the
	 * calls before it. It is free of locks because calls complete on event loops.
	 */
	private static CircuitBreaker breaker(RedisSettings settings) {
		return CircuitBreaker.of("redis",
				CircuitBreakerConfig.custom()
					.recordException((failure) -> RedisFailures.kind(failure) == Kind.UNAVAILABLE)
					.slidingWindow(5, 10, SlidingWindowType.TIME_BASED, SlidingWindowSynchronizationStrategy.LOCK_FREE)
					.failureRateThreshold(50)
					.waitDurationInOpenState(settings.openDuration())
					.permittedNumberOfCallsInHalfOpenState(2)
					.writableStackTraceEnabled(false)
					.build());
	}

}
