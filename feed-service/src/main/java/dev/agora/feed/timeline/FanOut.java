package dev.agora.feed.timeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.audience.FollowProjection;
import dev.agora.platform.problem.Unavailable;

/**
 * Brings an activity into the home feeds of its author and of those who follow them.
 * <p>
 * Who begins to follow after the followers were read here misses nothing: their list is
 * dropped after their follow is in the store, and the one made next reads the activity,
 * which is in the store already, from there.
 */
public final class FanOut {

	private final FollowProjection follows;

	private final TimelineCache timelines;

	private final TimelineSettings settings;

	private final Clock clock;

	private final Counter pushes;

	private final Timer freshness;

	public FanOut(FollowProjection follows, TimelineCache timelines, TimelineSettings settings, Clock clock,
			MeterRegistry meters) {
		this.follows = follows;
		this.timelines = timelines;
		this.settings = settings;
		this.clock = clock;
		this.pushes = meters.counter("feed.fanout.pushes");
		this.freshness = Timer.builder("feed.freshness")
			.description("From an activity's publishing to its being in the feed of every follower")
			.publishPercentileHistogram()
			.register(meters);
	}

	/**
	 * Pushes an activity to all who are to see it; once more does no harm.
	 * @param id the activity's id
	 * @param author the id of whose it is
	 * @param at when it was published
	 * @throws Unavailable if not all could be reached
	 */
	Mono<Void> push(String id, String author, Instant at) {
		return audience(author).buffer(this.settings.pushBatch())
			.concatMap((owners) -> push(owners, id))
			.then(Mono.fromRunnable(() -> this.freshness.record(Duration.between(at, this.clock.instant()))));
	}

	/** Those who see what a member does: the member and who follows them now. */
	Flux<String> audience(String author) {
		return Flux.just(author).concatWith(this.follows.followersOf(author));
	}

	private Mono<Void> push(List<String> owners, String id) {
		return this.timelines.push(owners, id).doOnSuccess((done) -> this.pushes.increment(owners.size()));
	}

}
