package dev.agora.gateway.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import org.redisson.api.RScript;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;

import dev.agora.platform.cache.RedisGuard;
import dev.agora.platform.cache.RedisKeys;

/** The buckets that all gateways share, in Redis. */
public final class SharedBuckets {

	/**
	 * Takes as many as are there, up to what is wanted. A bucket is one number: when it
	 * will be full again, in microseconds of Redis's own clock. Each request taken moves
	 * that moment on; a bucket that is full has no key at all, and a key that holds no
	 * number counts as none.
	 * <p>
	 * Keys: the bucket. Arguments: microseconds for one request, burst, wanted. Answers
	 * how many were given, and how many are left.
	 */
	private static final String TAKE = """
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
			""";

	private static final String TAKE_SHA = sha1(TAKE);

	private static final long MICROSECONDS = 1_000_000;

	private final RedissonClient redis;

	private final RedisGuard guard;

	public SharedBuckets(RedissonClient redis, RedisGuard guard) {
		this.redis = redis;
		this.guard = guard;
	}

	/** Takes some of a client's requests; fails if Redis is away. */
	Mono<Taken> take(Quota quota, String client, int wanted) {
		String key = key(quota, client);
		return this.guard.call(RedisKeys.strings(List.of(key)), () -> run(quota, key, wanted))
			.map((numbers) -> new Taken(numbers.get(0).intValue(), numbers.get(1).intValue()));
	}

	/**
	 * One bucket a client and kind. The braces make it spread over a cluster by client;
	 * the version stands for what the number means.
	 */
	static String key(Quota quota, String client) {
		return "gateway:rate:v1:{" + quota.kind() + ":" + client + "}";
	}

	/** By its name; where Redis has forgotten it, by its text, which Redis then keeps. */
	private Mono<List<Long>> run(Quota quota, String key, int wanted) {
		Object[] arguments = { MICROSECONDS / quota.perSecond(), quota.burst(), wanted };
		RScript script = this.redis.getScript(StringCodec.INSTANCE);
		return Mono
			.fromCompletionStage(() -> script.<List<Long>>evalShaAsync(Mode.READ_WRITE, TAKE_SHA, ReturnType.LIST,
					List.of(key), arguments))
			.onErrorResume(SharedBuckets::isUnknownScript, (unknown) -> Mono.fromCompletionStage(
					() -> script.evalAsync(Mode.READ_WRITE, TAKE, ReturnType.LIST, List.of(key), arguments)));
	}

	private static boolean isUnknownScript(Throwable failure) {
		String message = failure.getMessage();
		return message != null && message.contains("NOSCRIPT");
	}

	private static String sha1(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
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
