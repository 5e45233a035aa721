package dev.agora.feed.freshness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.timeline.TimelineCache;
import dev.agora.feed.timeline.Timelines;

/** The reconciler of home feeds, whose rounds and whose freshness a test controls. */
public final class TestReconciler {

	private static final Duration BOUND = Duration.ofSeconds(10);

	private final FeedReconciler reconciler;

	private Optional<Instant> completeUntil = Optional.of(Instant.MAX);

	public TestReconciler(Timelines timelines, TimelineCache cache, ActivityCache activityCache, Activities activities,
			MeterRegistry meters) {
		this.reconciler = new FeedReconciler(new CachedFeeds(timelines, cache, activityCache, activities),
				() -> this.completeUntil,
				new FeedReconcilerSettings(true, Duration.ofSeconds(1), 16, 5, Duration.ofMillis(20)),
				Clock.systemUTC(), meters);
	}

	/** Sets the time until which home feeds are complete. */
	public void completeUntil(Instant time) {
		this.completeUntil = Optional.of(time);
	}

	public void compare(String owner) {
		this.reconciler.compare(owner).block(BOUND);
	}

	/** Compares a feed that is found at random. */
	public void compareAny() {
		this.reconciler.compareAny().block(BOUND);
	}

}
