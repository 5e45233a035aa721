package dev.agora.session.login;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;

import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisKeys;
import dev.agora.platform.redis.RedisScripts;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/**
 * How often something has failed within a window, for all clones in Redis under
 * {@code session:login-failures:v1:{<what>}}. While Redis is away each clone counts for
 * itself, so that guessing is never free: {@code redis.available} shows when.
 */
public final class FailureCounter {

	/**
	 * Reads the count. One that is no number, or would never end, is none of ours: it is
	 * deleted, since it would lock somebody out for ever.
	 */
	private static final String COUNT = """
			local text = redis.call('GET', KEYS[1])
			if text and (not string.match(text, '^%d+$') or #text > 9 or redis.call('PTTL', KEYS[1]) < 0) then
				redis.call('DEL', KEYS[1])
				text = nil
			end
			local count = tonumber(text or '0')
			""";

	/**
	 * Counts on, unless the limit is reached. Keys: the count. Arguments: limit, window
	 * in ms, step. Answers 0, or the time in ms until the window ends.
	 */
	private static final Script<Long> TAKE = Script.ofNumber(COUNT + """
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

	/** Takes one back, where there is one. Keys: the count. */
	private static final Script<Long> GIVE_BACK = Script.ofNumber(COUNT + """
			return count > 0 and redis.call('DECR', KEYS[1]) or 0
			""");

	private final RedissonClient redis;

	private final RedisScripts scripts;

	private final RedisGuard guard;

	private final Duration window;

	private final Clock clock;

	private final Cache<String, Window> here;

	public FailureCounter(RedissonClient redis, RedisGuard guard, LoginLimitSettings settings, Clock clock) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis);
		this.guard = guard;
		this.window = settings.window();
		this.clock = clock;
		this.here = Caffeine.newBuilder().maximumSize(settings.tracked()).expireAfterWrite(this.window).build();
	}

	/**
	 * Counts one more, unless the limit is reached.
	 * @return zero, or how long it stays so
	 */
	Mono<Duration> take(String what, int limit) {
		return take(what, limit, 1);
	}

	/** Whether the limit is reached: zero, or how long it stays so. */
	Mono<Duration> look(String what, int limit) {
		return take(what, limit, 0);
	}

	/** It has not failed after all. */
	Mono<Void> giveBack(String what) {
		return call(GIVE_BACK, what)
			.onErrorResume(RedisFailure.class, (away) -> Mono.fromSupplier(() -> giveBackHere(what)))
			.then();
	}

	/** All is forgiven. */
	Mono<Void> forget(String what) {
		forgetHere(what);
		return this.guard
			.call(() -> Mono.fromCompletionStage(this.redis.getBucket(key(what), StringCodec.INSTANCE).deleteAsync()))
			.onErrorComplete(RedisFailure.class)
			.then();
	}

	private Mono<Duration> take(String what, int limit, int step) {
		return call(TAKE, what, limit, this.window.toMillis(), step)
			.onErrorResume(RedisFailure.class, (away) -> Mono.fromSupplier(() -> takeHere(what, limit, step)))
			.map(Duration::ofMillis);
	}

	private synchronized long takeHere(String what, int limit, int step) {
		long now = this.clock.millis();
		@Nullable Window known = this.here.getIfPresent(what);
		Window there = (known != null && known.end() > now) ? known : new Window(0, now + this.window.toMillis());
		if (there.count() >= limit) {
			return there.end() - now;
		}
		if (step > 0) {
			this.here.put(what, there.plus(step));
		}
		return 0;
	}

	private synchronized long giveBackHere(String what) {
		this.here.asMap().computeIfPresent(what, (same, there) -> there.plus(-1));
		return 0;
	}

	private synchronized void forgetHere(String what) {
		this.here.invalidate(what);
	}

	private Mono<Long> call(Script<Long> script, String what, Object... arguments) {
		return this.guard.call(RedisKeys.strings(List.of(key(what))),
				() -> this.scripts.run(script, Call.of(key(what), arguments)));
	}

	static String key(String what) {
		return "session:login-failures:v1:{" + what + "}";
	}

	private record Window(int count, long end) {

		Window plus(int step) {
			return new Window(Math.max(0, this.count + step), this.end);
		}

	}

}
