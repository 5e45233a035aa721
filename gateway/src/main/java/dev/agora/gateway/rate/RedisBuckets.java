package dev.agora.gateway.rate;

import java.util.List;

import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;

import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisKeys;
import dev.agora.platform.redis.RedisScripts;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/** The buckets that all gateways share, in Redis. */
public final class RedisBuckets {

	/**
	 * Takes as many as are there, up to what is wanted. A bucket is one number: when it
	 * will be full again, in microseconds of Redis's own clock. Each request taken moves
	 * that moment on; a bucket that is full has no key at all, and a key that holds no
	 * number counts as none.
	 * <p>
	 * Keys: the bucket. Arguments: microseconds for one request, burst, wanted. Answers
	 * how many were given, and how many are left.
	 */
	private static final Script<List<Long>> TAKE = Script.ofNumbers("""
			local time = redis.call('TIME')
			local now = time[1] * 1000000 + time[2]
			local each = tonumber(ARGV[1])
			local text = redis.call('GET', KEYS[1])
			local full = math.max(now, text and #text < 18 and tonumber(string.match(text, '^%d+$')) or now)
			full = math.min(full, now + ARGV[2] * each)
			local there = math.floor(ARGV[2] - (full - now) / each)
			local given = math.min(tonumber(ARGV[3]), there)
			if given > 0 then
				full = full + given * each
				redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
			end
			return {given, there - given}
			""");

	private static final long MICROSECONDS = 1_000_000;

	private final RedisScripts scripts;

	private final RedisGuard guard;

	public RedisBuckets(RedissonClient redis, RedisGuard guard) {
		this.scripts = new RedisScripts(redis);
		this.guard = guard;
	}

	/** Takes some of a client's requests; fails if Redis is away. */
	Mono<Taken> take(RateLimit quota, String client, int wanted) {
		String key = key(quota, client);
		return this.guard.call(RedisKeys.strings(List.of(key)), () -> run(quota, key, wanted));
	}

	/**
	 * One bucket a client and kind. The braces make it spread over a cluster by client;
	 * the version stands for what the number means.
	 */
	static String key(RateLimit quota, String client) {
		return "gateway:rate:v1:{" + quota.kind() + ":" + client + "}";
	}

	private Mono<Taken> run(RateLimit quota, String key, int wanted) {
		Call call = Call.of(key, MICROSECONDS / quota.perSecond(), quota.burst(), wanted);
		return this.scripts.run(TAKE, call).map(RedisBuckets::toTaken);
	}

	private static Taken toTaken(List<Long> numbers) {
		return new Taken(numbers.get(0).intValue(), numbers.get(1).intValue());
	}

	/**
	 * What Redis gave.
	 *
	 * @param given how many requests
	 * @param left how many it still has
	 */
	record Taken(int given, int left) {
	}

}
