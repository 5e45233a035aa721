package dev.agora.feed.fanout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.timeline.TimelineCache;
import dev.agora.feed.timeline.TimelineSettings;
import dev.agora.platform.metrics.LatencyTimers;
import dev.agora.platform.problem.Unavailable;

/**
 * Pushes an activity into the timelines of members, in batches.
 * <p>
 * A member who starts to follow after the followers were read misses nothing: their
 * timeline is evicted after their follow is stored, and the timeline that is built next
 * reads the activity, which is stored already.
 */
public final class FanOut {

	private final TimelineCache timelines;

	private final TimelineSettings settings;

	private final Clock clock;

	private final Counter pushes;

	private final Timer freshness;

	public FanOut(TimelineCache timelines, TimelineSettings settings, Clock clock, MeterRegistry meters) {
		this.timelines = timelines;
		this.settings = settings;
		this.clock = clock;
		this.pushes = meters.counter("feed.fanout.pushes");
		this.freshness = LatencyTimers.ofEvents("feed.freshness")
			.description("From the publication of an activity until it is in the feed of every follower")
			.register(meters);
	}

	/**
	 * Pushes an activity; a repeated push changes nothing.
	 * @param id the activity's id
	 * @param members the ids of the members who see it
	 * @throws Unavailable if Redis is unavailable
	 */
	Mono<Void> push(String id, List<String> members) {
		return batches(members).concatMap(
				(owners) -> this.timelines.push(owners, id).doOnSuccess((done) -> this.pushes.increment(owners.size())))
			.then();
	}

	/**
	 * Marks an author as pulled in the timelines of members; a repetition changes
	 * nothing.
	 * @throws Unavailable if Redis is unavailable
	 */
	Mono<Void> markPulled(String author, List<String> members) {
		return batches(members).concatMap((owners) -> this.timelines.markPulled(owners, author)).then();
	}

	/** Records that an activity is in the feed of every follower. */
	void complete(Instant publishedAt) {
		this.freshness.record(Duration.between(publishedAt, this.clock.instant()));
	}

	private Flux<List<String>> batches(List<String> members) {
		return Flux.fromIterable(members).buffer(this.settings.pushBatch());
	}

}
