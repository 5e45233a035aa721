package dev.agora.feed.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpResources;
import reactor.util.retry.Retry;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.redis.CombinedReads;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisKeys;
import dev.agora.platform.redis.RedisRejection;
import dev.agora.platform.redis.RedisScripts;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;
import dev.agora.platform.redis.RedisUnavailable.PermissionMissing;

/**
 * Keeps the timelines of members in Redis, as lists under
 * {@code feed:timeline:v1:{<member>}}. The ids of activities are pushed to existing lists
 * only. The last element of a list is its seal, see {@link TimelineScripts}.
 * <p>
 * A list may be deleted or lost at any time. An activity is in MongoDB before its event
 * is published, and a builder puts its claim into Redis before it reads MongoDB. So the
 * builder reads every activity that was pushed before the claim, and a later push lands
 * in the list. If the claim is missing or was replaced, the builder discards its result.
 */
public final class TimelineCache {

	/** The number of elements that a late or repeated push searches at a time. */
	private static final int SEARCHED_ELEMENTS = 64;

	/** Bounds the number of timelines that one command evicts. */
	private static final int EVICTIONS = 100;

	private final RedissonClient redis;

	private final RedisScripts scripts;

	private final CombinedReads<Call, String> ranges;

	private final RedisGuard guard;

	private final IdGenerator ids;

	private final TimelineSettings settings;

	private final MeterRegistry meters;

	public TimelineCache(RedissonClient redis, RedisGuard guard, IdGenerator ids, TimelineSettings settings,
			MeterRegistry meters) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis);
		this.ranges = new CombinedReads<>(HttpResources.get(), this::openOne, this::openTogether, this::isOfOneKey);
		this.guard = guard;
		this.ids = ids;
		this.settings = settings;
		this.meters = meters;
	}

	/**
	 * Reads a range of a member's timeline, or claims its build for the caller. If Redis
	 * is unavailable, the feed comes from the store; the gauge {@code redis.available}
	 * shows it.
	 * @param after the id after which the range begins, null for the newest
	 * @param count the number of ids
	 */
	Mono<TimelineLookup> openOrClaim(String owner, @Nullable String after, int count) {
		String token = this.ids.nextTransient();
		Call call = Call.of(key(owner), token, this.settings.claimTtl(), this.settings.ttl(),
				(after != null) ? after : "", count);
		return this.ranges.read(call)
			.map((range) -> toLookup(range, token, count))
			.onErrorReturn(RedisFailure.class, new TimelineLookup.Unavailable())
			.doOnNext((lookup) -> this.meters.counter("feed.timeline.reads", "result", lookup.result()).increment());
	}

	/**
	 * Completes a timeline whose build the caller has claimed. If Redis is unavailable,
	 * the claim expires, and readers use the store until then.
	 * @return whether the claim was still there
	 */
	Mono<Boolean> complete(String owner, String token, Timeline timeline) {
		List<Object> arguments = new ArrayList<>(timeline.ids().size() + 4);
		arguments.add(token);
		arguments.add(this.settings.ttl());
		arguments.add(timeline.watermark());
		arguments.add(String.join(",", timeline.authors()));
		arguments.addAll(timeline.ids());
		return run(TimelineScripts.COMPLETE, owner, arguments.toArray()).map((completed) -> completed == 1)
			.onErrorReturn(RedisFailure.class, false);
	}

	/**
	 * Pushes an activity to the existing timelines of some members; a repeated push
	 * changes nothing. If Redis refuses the push, the timelines are evicted, since they
	 * would lack the activity.
	 * @throws Unavailable if Redis is unavailable or refuses the eviction too: a timeline
	 * that survives would lack the activity
	 */
	Mono<Void> push(List<String> owners, String activityId) {
		return this.guard.call(keys(owners), () -> pushes(owners, activityId))
			.onErrorResume(TimelineCache::isRefusal, (refusal) -> evict(owners))
			.onErrorMap(RedisFailure.class, TimelineCache::unavailable);
	}

	/**
	 * Pushes an activity to its author's own timeline before the response, so that the
	 * author finds it there. The push is retried if Redis responds late. If Redis is
	 * unavailable, the response does not wait: feeds come from the store then, and the
	 * fan-out, which retries until it succeeds, pushes the activity when Redis is
	 * available again. The counter {@code feed.timeline.own.missed} counts these pushes.
	 */
	public Mono<Void> pushToAuthor(String author, String activityId) {
		return push(List.of(author), activityId)
			.retryWhen(Retry.backoff(2, Duration.ofMillis(20))
				.filter((late) -> late instanceof Unavailable && this.guard.isAvailable())
				.onRetryExhaustedThrow((spec, signal) -> signal.failure()))
			.onErrorResume(Unavailable.class, (failure) -> Mono.fromRunnable(this::countMissedOwn));
	}

	/**
	 * Evicts a member's timeline, or the claim of its build.
	 * @throws Unavailable if Redis is unavailable or refuses the eviction: a timeline
	 * that survives would show the wrong authors
	 */
	public Mono<Void> evict(String owner) {
		return evictAll(List.of(owner));
	}

	/**
	 * Evicts the timelines of members, or the claims of their builds.
	 * @throws Unavailable if Redis is unavailable or refuses an eviction
	 */
	public Mono<Void> evictAll(Collection<String> owners) {
		return Flux.fromIterable(owners)
			.buffer(EVICTIONS)
			.concatMap(this::evict)
			.onErrorMap(RedisFailure.class, TimelineCache::unavailable)
			.then();
	}

	/** The braces select the slot of a cluster: one slot for each member. */
	static String key(String owner) {
		return "feed:timeline:v1:{" + owner + "}";
	}

	private static RedisKeys keys(List<String> owners) {
		return RedisKeys.lists(owners.stream().map(TimelineCache::key).toList());
	}

	/** In a cluster, the timelines of different members may be on different servers. */
	private Mono<Void> pushes(List<String> owners, String activityId) {
		List<String> keys = owners.stream().map(TimelineCache::key).toList();
		List<Call> calls = isCluster() ? keys.stream().map((key) -> toPush(List.of(key), activityId)).toList()
				: List.of(toPush(keys, activityId));
		return this.scripts.runAll(TimelineScripts.PUSH, calls).then();
	}

	private Call toPush(List<String> keys, String activityId) {
		return Call.of(keys, activityId, SEARCHED_ELEMENTS, this.settings.maxEntries(), this.settings.history());
	}

	private Mono<Void> evict(List<String> owners) {
		return this.guard.call(() -> delete(owners));
	}

	private Mono<Void> delete(List<String> owners) {
		String[] keys = owners.stream().map(TimelineCache::key).toArray(String[]::new);
		return Mono.fromCompletionStage(() -> this.redis.getKeys().deleteAsync(keys)).then();
	}

	private <R> Mono<R> run(Script<R> script, String owner, Object... arguments) {
		return this.guard.call(keys(List.of(owner)), () -> this.scripts.run(script, Call.of(key(owner), arguments)));
	}

	/** Whether Redis is available and refused this call. */
	private static boolean isRefusal(Throwable failure) {
		return failure instanceof PermissionMissing || failure instanceof RedisRejection;
	}

	private Mono<String> openOne(Call call) {
		return this.guard.call(RedisKeys.lists(List.of(String.valueOf(call.keys().get(0)))),
				() -> this.scripts.run(TimelineScripts.OPEN_OR_CLAIM, call));
	}

	private Mono<Map<Call, String>> openTogether(Set<Call> calls) {
		List<Call> ordered = List.copyOf(calls);
		return this.guard.call(() -> this.scripts.runAll(TimelineScripts.OPEN_OR_CLAIM, ordered))
			.map((ranges) -> byCall(ordered, ranges));
	}

	/** Whether the failure of a combined read may concern some of its keys only. */
	private boolean isOfOneKey(Throwable failure) {
		return failure instanceof RedisRejection
				|| (failure instanceof RedisFailure && isCluster());
	}

	private boolean isCluster() {
		return this.redis.getConfig().isClusterConfig();
	}

	private static Map<Call, String> byCall(List<Call> calls, List<String> ranges) {
		Map<Call, String> byCall = new HashMap<>();
		for (int at = 0; at < calls.size(); at++) {
			byCall.put(calls.get(at), ranges.get(at));
		}
		return byCall;
	}

	private static TimelineLookup toLookup(String range, String token, int count) {
		if (range.startsWith("building ")) {
			return range.endsWith(" " + token) ? new TimelineLookup.BuildClaimed(token)
					: new TimelineLookup.Unavailable();
		}
		return new TimelineLookup.Found(Timeline.parse(range, count));
	}

	private void countMissedOwn() {
		this.meters.counter("feed.timeline.own.missed").increment();
	}

	private static Unavailable unavailable(RedisFailure failure) {
		return new Unavailable("Home feeds are unavailable.", Duration.ofSeconds(1));
	}

}
