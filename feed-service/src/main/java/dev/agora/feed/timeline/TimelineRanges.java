package dev.agora.feed.timeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpResources;

import dev.agora.platform.redis.CombinedReads;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisKeys;
import dev.agora.platform.redis.RedisScripts;
import dev.agora.platform.redis.RedisScripts.Call;

/**
 * Reads ranges of timelines, or claims their builds. The ranges that requests read in one
 * turn of an event loop share a round trip. A list that is not sorted is deleted: an
 * instance of a version whose lists are not sorted may have pushed to it.
 */
final class TimelineRanges {

	private final RedissonClient redis;

	private final RedisScripts scripts;

	private final RedisGuard guard;

	private final TimelineSettings settings;

	private final CombinedReads<Call, String> reads;

	TimelineRanges(RedissonClient redis, RedisGuard guard, TimelineSettings settings) {
		this.redis = redis;
		this.settings = settings;
		this.scripts = new RedisScripts(redis);
		this.guard = guard;
		this.reads = new CombinedReads<>(HttpResources.get(), this::readOne, this::readTogether,
				CombinedReads.failuresOfOneKey(redis));
	}

	/**
	 * Reads a range of a list, or claims its build.
	 * @param token the token of the claim
	 * @param after the id after which the range begins, null for the newest
	 * @param count the number of ids
	 */
	Mono<TimelineLookup> openOrClaim(String key, String token, @Nullable String after, int count) {
		Call call = Call.of(key, token, this.settings.claimTtl(), this.settings.ttl(), (after != null) ? after : "",
				count + 1);
		Mono<TimelineLookup> lookup = this.reads.read(call).map((range) -> TimelineLookup.parse(range, token, count));
		return lookup.flatMap((found) -> found.isSortedAfter(after) ? Mono.just(found)
				: delete(key).then(lookup)
					.filter((again) -> again.isSortedAfter(after))
					.defaultIfEmpty(new TimelineLookup.Unavailable()));
	}

	private Mono<Long> delete(String key) {
		return this.guard.call(() -> Mono.fromCompletionStage(() -> this.redis.getKeys().deleteAsync(key)));
	}

	private Mono<String> readOne(Call call) {
		RedisKeys key = RedisKeys.lists(List.of(String.valueOf(call.keys().get(0))));
		return this.guard.call(key, () -> this.scripts.run(TimelineScripts.OPEN_OR_CLAIM, call));
	}

	private Mono<Map<Call, String>> readTogether(Set<Call> calls) {
		List<Call> ordered = List.copyOf(calls);
		return this.guard.call(() -> this.scripts.runAll(TimelineScripts.OPEN_OR_CLAIM, ordered))
			.map((ranges) -> byCall(ordered, ranges));
	}

	private static Map<Call, String> byCall(List<Call> calls, List<String> ranges) {
		Map<Call, String> byCall = new HashMap<>();
		for (int at = 0; at < calls.size(); at++) {
			byCall.put(calls.get(at), ranges.get(at));
		}
		return byCall;
	}

}
