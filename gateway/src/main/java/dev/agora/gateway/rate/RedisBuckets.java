package dev.agora.gateway.rate;

import java.util.List;

import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;

import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisKeys;
import dev.agora.platform.redis.RedisScripts;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/** The token buckets in Redis that all gateways share. */
public final class RedisBuckets {

	/**
	 * Takes tokens, up to the requested number. A bucket is one number: the time when it
	 * will be full again, in microseconds of the clock of Redis. Each token that is taken
	 * advances that time; a full bucket has no key, and a key whose value is not a number
	 * counts as a full bucket.
	 * <p>
	 * Keys: the bucket. Arguments: microseconds for one token, burst, requested tokens.
	 * Returns the granted tokens and those that are left.
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

	/** Takes tokens for a client; fails if Redis is unavailable. */
	Mono<Grant> take(RateLimit limit, String client, int requested) {
		String key = key(limit, client);
		return this.guard.call(RedisKeys.strings(List.of(key)), () -> run(limit, key, requested));
	}

	/**
	 * One bucket for each client and kind. The braces spread the buckets over a cluster
	 * by client; the version stands for the format of the value.
	 */
	static String key(RateLimit limit, String client) {
		return "gateway:rate:v1:{" + limit.kind() + ":" + client + "}";
	}

	private Mono<Grant> run(RateLimit limit, String key, int requested) {
		Call call = Call.of(key, MICROSECONDS / limit.perSecond(), limit.burst(), requested);
		return this.scripts.run(TAKE, call).map(RedisBuckets::toGrant);
	}

	private static Grant toGrant(List<Long> numbers) {
		return new Grant(numbers.get(0).intValue(), numbers.get(1).intValue());
	}

	/**
	 * The tokens that Redis has granted.
	 *
	 * @param granted how many
	 * @param left how many the bucket still holds
	 */
	record Grant(int granted, int left) {
	}

}
