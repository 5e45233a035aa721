package dev.agora.session.login;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;

import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisKeys;
import dev.agora.platform.redis.RedisScripts;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/**
 * Counts failures within a window, in Redis under
 * {@code session:login-failures:v1:{<name>}}. While Redis is unavailable, each instance
 * counts on its own, so that guessing is never unlimited; the gauge
 * {@code redis.available} is then 0.
 */
public final class FailureCounter {

	/**
	 * Reads the counter. A value that is no number or never expires was not written here;
	 * it is deleted, since it would lock a member out for ever.
	 */
	private static final String READ = """
			local text = redis.call('GET', KEYS[1])
			if text and (not string.match(text, '^%d+$') or #text > 9 or redis.call('PTTL', KEYS[1]) < 0) then
				redis.call('DEL', KEYS[1])
				text = nil
			end
			local count = tonumber(text or '0')
			""";

	/**
	 * Increments the counter unless the limit is reached. Keys: the counter. Arguments:
	 * limit, window in ms, step. Returns 0, or the time in ms until the window ends.
	 */
	private static final Script<Long> TRY_INCREMENT = Script.ofNumber(READ + """
			if count >= tonumber(ARGV[1]) then
				return math.max(1, redis.call('PTTL', KEYS[1]))
			end
			if ARGV[3] ~= '0' then
				redis.call('INCRBY', KEYS[1], ARGV[3])
				if count == 0 then
					redis.call('PEXPIRE', KEYS[1], ARGV[2])
				end
			end
			return 0
			""");

	/** Decrements the counter unless it is zero. Keys: the counter. */
	private static final Script<Long> DECREMENT = Script.ofNumber(READ + """
			return count > 0 and redis.call('DECR', KEYS[1]) or 0
			""");

	private final RedisGuard redis;

	private final RedisScripts scripts;

	private final Duration window;

	private final Clock clock;

	private final Cache<String, Window> local;

	public FailureCounter(RedisGuard redis, LoginLimitSettings settings, Clock clock) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis.client());
		this.window = settings.window();
		this.clock = clock;
		this.local = Caffeine.newBuilder().maximumSize(settings.localCounters()).expireAfterWrite(this.window).build();
	}

	/**
	 * Increments a counter unless its limit is reached.
	 * @return zero, or the time until the window ends
	 */
	Mono<Duration> tryIncrement(String name, int limit) {
		return tryIncrement(name, limit, 1);
	}

	/**
	 * Checks whether the limit is reached.
	 * @return zero, or the time until the window ends
	 */
	Mono<Duration> peek(String name, int limit) {
		return tryIncrement(name, limit, 0);
	}

	/** Decrements a counter, for an attempt that has not failed. */
	Mono<Void> decrement(String name) {
		return call(DECREMENT, name)
			.onErrorResume(RedisFailure.class, (unavailable) -> Mono.fromSupplier(() -> decrementLocally(name)))
			.then();
	}

	/** Sets a counter to zero. */
	Mono<Void> reset(String name) {
		resetLocally(name);
		return this.redis
			.call(() -> Mono
				.fromCompletionStage(this.redis.client().getBucket(key(name), StringCodec.INSTANCE).deleteAsync()))
			.onErrorComplete(RedisFailure.class)
			.then();
	}

	private Mono<Duration> tryIncrement(String name, int limit, int step) {
		return call(TRY_INCREMENT, name, limit, this.window, step)
			.onErrorResume(RedisFailure.class,
					(unavailable) -> Mono.fromSupplier(() -> tryIncrementLocally(name, limit, step)))
			.map(Duration::ofMillis);
	}

	private synchronized long tryIncrementLocally(String name, int limit, int step) {
		long now = this.clock.millis();
		@Nullable Window found = this.local.getIfPresent(name);
		Window current = (found != null && found.end() > now) ? found : new Window(0, now + this.window.toMillis());
		if (current.count() >= limit) {
			return current.end() - now;
		}
		if (step > 0) {
			this.local.put(name, current.plus(step));
		}
		return 0;
	}

	private synchronized long decrementLocally(String name) {
		this.local.asMap().computeIfPresent(name, (same, current) -> current.plus(-1));
		return 0;
	}

	private synchronized void resetLocally(String name) {
		this.local.invalidate(name);
	}

	private Mono<Long> call(Script<Long> script, String name, Object... arguments) {
		return this.redis.call(RedisKeys.strings(List.of(key(name))),
				() -> this.scripts.run(script, Call.of(key(name), arguments)));
	}

	static String key(String name) {
		return "session:login-failures:v1:{" + name + "}";
	}

	private record Window(int count, long end) {

		Window plus(int step) {
			return new Window(Math.max(0, this.count + step), this.end);
		}

	}

}
