package dev.agora.feed.timeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpResources;

import dev.agora.platform.redis.CombinedReads;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisKeys;
import dev.agora.platform.redis.RedisRejection;
import dev.agora.platform.redis.RedisScripts;
import dev.agora.platform.redis.RedisScripts.Call;

/**
 * Reads ranges of timelines, or claims their builds. The ranges that requests read in one
 * turn of an event loop share a round trip.
 */
final class TimelineRanges {

	private final RedissonClient redis;

	private final RedisScripts scripts;

	private final RedisGuard guard;

	private final CombinedReads<Call, String> reads;

	TimelineRanges(RedissonClient redis, RedisGuard guard) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis);
		this.guard = guard;
		this.reads = new CombinedReads<>(HttpResources.get(), this::readOne, this::readTogether, this::isOfOneKey);
	}

	/** Runs {@link TimelineScripts#OPEN_OR_CLAIM}. */
	Mono<String> read(Call call) {
		return this.reads.read(call);
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

	/** Whether the failure of a combined read may concern some of its keys only. */
	private boolean isOfOneKey(Throwable failure) {
		return failure instanceof RedisRejection
				|| (failure instanceof RedisFailure && this.redis.getConfig().isClusterConfig());
	}

	private static Map<Call, String> byCall(List<Call> calls, List<String> ranges) {
		Map<Call, String> byCall = new HashMap<>();
		for (int at = 0; at < calls.size(); at++) {
			byCall.put(calls.get(at), ranges.get(at));
		}
		return byCall;
	}

}
