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
 * Pushes an activity into the timelines of its author and of the author's followers.
 * <p>
 * A member who starts to follow after the followers were read misses nothing: their
 * timeline is evicted after their follow is stored, and the timeline that is built next
 * reads the activity, which is stored already.
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
			.description("From the publication of an activity until it is in the feed of every follower")
			.publishPercentileHistogram()
			.register(meters);
	}

	/**
	 * Pushes an activity to its whole audience; a repeated push changes nothing.
	 * @param id the activity's id
	 * @param audience the ids of the members who see it
	 * @param at the time of the publication, which is later than that of the activity if
	 * an older object is shown only now
	 * @throws Unavailable if Redis is unavailable
	 */
	Mono<Void> push(String id, Flux<String> audience, Instant at) {
		return audience.buffer(this.settings.pushBatch())
			.concatMap((owners) -> push(owners, id))
			.then(Mono.fromRunnable(() -> this.freshness.record(Duration.between(at, this.clock.instant()))));
	}

	/** Finds the members who see an author's activities: the author and the followers. */
	Flux<String> audienceOf(String author) {
		return Flux.just(author).concatWith(this.follows.followersOf(author));
	}

	private Mono<Void> push(List<String> owners, String id) {
		return this.timelines.push(owners, id).doOnSuccess((done) -> this.pushes.increment(owners.size()));
	}

}
