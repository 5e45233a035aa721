package dev.agora.feed.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import dev.agora.feed.timeline.TimelineLookup.PageSource;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Unavailable;
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

	private static final String PREFIX = "feed:timeline:v1:{";

	private final RedissonClient redis;

	private final RedisScripts scripts;

	private final TimelineRanges ranges;

	private final RedisGuard guard;

	private final IdGenerator ids;

	private final TimelineSettings settings;

	private final Map<PageSource, Counter> reads = new EnumMap<>(PageSource.class);

	private final Counter missedOwn;

	public TimelineCache(RedissonClient redis, RedisGuard guard, IdGenerator ids, TimelineSettings settings,
			MeterRegistry meters) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis);
		this.ranges = new TimelineRanges(redis, guard, settings);
		this.guard = guard;
		this.ids = ids;
		this.settings = settings;
		// A counter that first appears with its first count would hide that count.
		for (PageSource source : PageSource.values()) {
			this.reads.put(source, meters.counter("feed.timeline.reads", "result", source.tag()));
		}
		this.missedOwn = meters.counter("feed.timeline.own.missed");
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
		return this.ranges.openOrClaim(key(owner), token, after, count)
			.onErrorReturn(RedisFailure.class, new TimelineLookup.Unavailable())
			.doOnNext((lookup) -> Objects.requireNonNull(this.reads.get(lookup.source())).increment());
	}

	/**
	 * Reads the first ids of a member's timeline if it is complete, without extending its
	 * lifetime.
	 */
	Mono<Timeline> peek(String owner, int count) {
		return run(TimelineScripts.PEEK, owner, count + 1).filter((range) -> !range.isEmpty())
			.map((range) -> Timeline.parse(range, count));
	}

	/**
	 * Finds owners of timelines at random.
	 * @param keys the number of random keys of Redis among which timelines are searched
	 */
	public Flux<String> sampleOwners(int keys) {
		return Flux.range(0, keys)
			.flatMap((number) -> this.guard
				.call(() -> Mono.fromCompletionStage(() -> this.redis.getKeys().randomKeyAsync())))
			.filter((key) -> key.startsWith(PREFIX))
			.map((key) -> key.substring(PREFIX.length(), key.length() - 1))
			.distinct();
	}

	/**
	 * Completes a timeline whose build the caller has claimed. If Redis is unavailable,
	 * the claim expires, and readers use the store until then.
	 * @return whether the claim was still there
	 */
	Mono<Boolean> complete(String owner, String token, Timeline timeline) {
		List<Object> arguments = new ArrayList<>(timeline.ids().size() + 3);
		arguments.add(token);
		arguments.add(this.settings.ttl());
		arguments.add(timeline.seal().fields());
		arguments.addAll(timeline.ids());
		return run(TimelineScripts.COMPLETE, owner, arguments.toArray()).map((completed) -> completed == 1)
			.onErrorReturn(RedisFailure.class, false);
	}

	/**
	 * Pushes activities to the existing timelines of some members, in one round trip; a
	 * repeated push changes nothing. If Redis refuses one, all these timelines are
	 * evicted, since they would lack an activity.
	 * @throws Unavailable if Redis is unavailable or refuses the eviction too: a timeline
	 * that survives would lack the activity
	 */
	public Mono<Void> push(List<TimelinePush> pushes) {
		List<String> owners = pushes.stream().flatMap((push) -> push.owners().stream()).distinct().toList();
		List<Call> calls = pushes.stream().flatMap(this::toCalls).toList();
		return this.guard.call(keys(owners), () -> this.scripts.runAll(TimelineScripts.PUSH, calls))
			.then()
			.onErrorResume(TimelineCache::isRefusal, (refusal) -> evictAll(owners))
			.onErrorMap(RedisFailure.class, TimelineCache::unavailable);
	}

	/**
	 * Marks an author as pulled in the existing timelines of some members, so that their
	 * readers find the activities of the author in the store. Claims are deleted. If
	 * Redis refuses, the timelines are evicted.
	 * @throws Unavailable if Redis is unavailable or refuses the eviction too
	 */
	public Mono<Void> markPulled(List<String> owners, String author) {
		List<Call> calls = owners.stream().map((owner) -> Call.of(key(owner), author)).toList();
		return this.guard.call(keys(owners), () -> this.scripts.runAll(TimelineScripts.MARK_PULLED, calls))
			.then()
			.onErrorResume(TimelineCache::isRefusal, (refusal) -> evictAll(owners))
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
		return push(List.of(new TimelinePush(List.of(author), activityId)))
			.retryWhen(Retry.backoff(2, Duration.ofMillis(20))
				.filter((late) -> late instanceof Unavailable && this.guard.isAvailable())
				.onRetryExhaustedThrow((spec, signal) -> signal.failure()))
			.onErrorResume(Unavailable.class, (failure) -> Mono.fromRunnable(this.missedOwn::increment));
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
		return PREFIX + owner + "}";
	}

	private static RedisKeys keys(List<String> owners) {
		return RedisKeys.lists(owners.stream().map(TimelineCache::key).toList());
	}

	private boolean isCluster() {
		return this.redis.getConfig().isClusterConfig();
	}

	/** In a cluster, the timelines of different members may be on different servers. */
	private Stream<Call> toCalls(TimelinePush push) {
		List<String> keys = push.owners().stream().map(TimelineCache::key).toList();
		return isCluster() ? keys.stream().map((key) -> toPush(List.of(key), push.activityId()))
				: Stream.of(toPush(keys, push.activityId()));
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

	private static Unavailable unavailable(RedisFailure failure) {
		return new Unavailable("Home feeds are unavailable.", Duration.ofSeconds(1));
	}

}
