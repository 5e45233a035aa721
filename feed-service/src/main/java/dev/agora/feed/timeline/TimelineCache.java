package dev.agora.feed.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.redis.RedisFailure;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.RedisKeys;
import dev.agora.platform.redis.RedisScripts;
import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;
import dev.agora.platform.redis.RedisUnavailable;

/**
 * The lists of home feeds in Redis, {@code feed:timeline:v1:{<member>}}: ids of
 * activities, pushed on the left of lists that exist, and at the right end a seal that
 * says what the list is worth.
 * <p>
 * Deleting a list is safe at any instant, and so is losing it, for an activity is in
 * MongoDB before its event is sent, and a list's maker puts its claim into Redis before
 * it reads MongoDB. So a push that came before the claim was of an activity that the
 * maker reads, and a push that comes after it lands in the list. Who finds the claim gone
 * or another in its place leaves the list alone.
 */
public final class TimelineCache {

	/** A repeat comes soon after the first, or is dropped by who reads the list. */
	private static final int LOOKED_THROUGH = 64;

	private final RedissonClient redis;

	private final RedisScripts scripts;

	private final RedisGuard guard;

	private final IdGenerator ids;

	private final TimelineSettings settings;

	private final MeterRegistry meters;

	public TimelineCache(RedissonClient redis, RedisGuard guard, IdGenerator ids, TimelineSettings settings,
			MeterRegistry meters) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis);
		this.guard = guard;
		this.ids = ids;
		this.settings = settings;
		this.meters = meters;
	}

	/**
	 * Reads a member's list, or claims its making for the caller. Where Redis is away the
	 * feed is to be had elsewhere; {@code redis.available} shows it.
	 */
	Mono<TimelineLookup> open(String owner) {
		String token = this.ids.next();
		return run(TimelineScripts.OPEN, owner, token, this.settings.buildDeadline(), this.settings.life())
			.map((list) -> opened(list, token))
			.onErrorReturn(RedisFailure.class, new TimelineLookup.Elsewhere())
			.doOnNext((opened) -> this.meters.counter("feed.timeline.reads", "result", opened.result()).increment());
	}

	/**
	 * Fills a list that the caller claimed. A list that cannot be filled is as good as
	 * none: its claim ends by itself, and until then the store answers.
	 * @return whether the claim still stood
	 */
	Mono<Boolean> complete(String owner, String token, Timeline timeline) {
		List<Object> arguments = new ArrayList<>(timeline.ids().size() + 3);
		arguments.add(token);
		arguments.add(this.settings.life());
		arguments.add(timeline.floor() + " " + String.join(",", timeline.authors()));
		arguments.addAll(timeline.ids());
		return run(TimelineScripts.COMPLETE, owner, arguments.toArray()).map((completed) -> completed == 1)
			.onErrorReturn(RedisFailure.class, false);
	}

	/**
	 * Pushes an activity to the lists of some members, those that exist; once more does
	 * no harm.
	 * @throws Unavailable if Redis is away: a list that outlives the outage would lack it
	 */
	Mono<Void> push(List<String> owners, String activityId) {
		return this.guard.call(keys(owners), () -> pushes(owners, activityId))
			.flatMap((lengths) -> this.guard.call(() -> dropLong(owners, lengths)))
			.onErrorMap(RedisUnavailable.class, TimelineCache::away);
	}

	/**
	 * Pushes what a member did to their own list before they are answered, so that they
	 * find it there. A late answer of Redis is tried again; where Redis is away the
	 * answer does not wait for it: feeds are then read from the store, and when Redis is
	 * back with its lists, the fan-out, which tries until it succeeds, brings it;
	 * {@code feed.timeline.own.missed} counts these.
	 */
	public Mono<Void> pushToAuthor(String author, String activityId) {
		return push(List.of(author), activityId)
			.retryWhen(Retry.backoff(2, Duration.ofMillis(20))
				.filter((late) -> late instanceof Unavailable && this.guard.isAvailable())
				.onRetryExhaustedThrow((spec, signal) -> signal.failure()))
			.onErrorResume((failure) -> failure instanceof Unavailable || failure instanceof RedisFailure,
					(failure) -> Mono.fromRunnable(this::countMissedOwn));
	}

	/**
	 * Deletes a member's list, or what somebody has made of it so far.
	 * @throws Unavailable if Redis is away: the list would outlive what it was made for
	 */
	public Mono<Void> drop(String owner) {
		return this.guard.call(() -> delete(owner)).onErrorMap(RedisUnavailable.class, TimelineCache::away).then();
	}

	/** The braces are for clusters: one slot a member. */
	static String key(String owner) {
		return "feed:timeline:v1:{" + owner + "}";
	}

	private static RedisKeys keys(List<String> owners) {
		return RedisKeys.lists(owners.stream().map(TimelineCache::key).toList());
	}

	private Mono<List<Long>> pushes(List<String> owners, String activityId) {
		return this.scripts.runAll(TimelineScripts.PUSH,
				owners.stream().map((owner) -> Call.of(key(owner), activityId, LOOKED_THROUGH)).toList());
	}

	private Mono<Void> dropLong(List<String> owners, List<Long> lengths) {
		return Flux.range(0, owners.size())
			.filter((at) -> lengths.get(at) > this.settings.maxEntries())
			.flatMap((at) -> delete(owners.get(at)))
			.then();
	}

	private Mono<Boolean> delete(String owner) {
		return Mono.fromCompletionStage(() -> this.redis.getBucket(key(owner), StringCodec.INSTANCE).deleteAsync());
	}

	private <R> Mono<R> run(Script<R> script, String owner, Object... arguments) {
		return this.guard.call(keys(List.of(owner)), () -> this.scripts.run(script, Call.of(key(owner), arguments)));
	}

	private static TimelineLookup opened(List<String> list, String token) {
		String[] seal = list.get(list.size() - 1).split(" ", 4);
		if (seal[0].equals("building")) {
			return seal[2].equals(token) ? new TimelineLookup.Claimed(token) : new TimelineLookup.Elsewhere();
		}
		return new TimelineLookup.Ready(
				Timeline.read(list.subList(0, list.size() - 1), seal[2], Set.of(seal[3].split(",", -1))));
	}

	private void countMissedOwn() {
		this.meters.counter("feed.timeline.own.missed").increment();
	}

	private static Unavailable away(RedisUnavailable failure) {
		return new Unavailable("The home feeds cannot be reached.", Duration.ofSeconds(1));
	}

}
