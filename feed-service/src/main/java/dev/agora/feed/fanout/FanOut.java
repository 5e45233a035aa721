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
import dev.agora.feed.timeline.TimelinePush;
import dev.agora.feed.timeline.TimelineSettings;
import dev.agora.platform.metrics.LatencyTimers;
import dev.agora.platform.problem.Unavailable;

/**
 * Pushes activities into the timelines of members, or marks their authors as pulled
 * there, in round trips of bounded size.
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
			.description("From the publication of an activity until its fan-out, or that of its batch, is complete")
			.register(meters);
	}

	/**
	 * Pushes activities; a repeated push changes nothing.
	 * @throws Unavailable if Redis is unavailable
	 */
	Mono<Void> push(List<TimelinePush> pushes) {
		return Flux.fromIterable(RoundTrips.of(pushes, this.settings.pushBatch()))
			.concatMap(
					(some) -> this.timelines.push(some).doOnSuccess((done) -> this.pushes.increment(countOwners(some))))
			.then();
	}

	private static int countOwners(List<TimelinePush> pushes) {
		return pushes.stream().mapToInt((push) -> push.owners().size()).sum();
	}

	/**
	 * Marks an author as pulled in the timelines of members; a repetition changes
	 * nothing.
	 * @throws Unavailable if Redis is unavailable
	 */
	Mono<Void> markPulled(String author, List<String> members) {
		return Flux.fromIterable(members)
			.buffer(this.settings.pushBatch())
			.concatMap((owners) -> this.timelines.markPulled(owners, author))
			.then();
	}

	/** Records that an activity is in the feed of every follower. */
	void complete(Instant publishedAt) {
		this.freshness.record(Duration.between(publishedAt, this.clock.instant()));
	}

}
