package dev.agora.feed.freshness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

import dev.agora.platform.log.LogThrottle;

/**
 * Compares cached home feeds with the store, one at each interval, so that the cost is
 * bounded. A difference counts if it is still there after all events are applied that may
 * have been on their way; those that wait in an outbox are not on their way yet. Then the
 * feed is evicted, so that the next reader gets it from the store, and
 * {@code feed.reconciler.repaired} counts it; 0 is expected.
 */
public final class FeedReconciler implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(FeedReconciler.class);

	private final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private final CachedFeeds feeds;

	private final Supplier<Optional<Instant>> completeUntil;

	private final FeedReconcilerSettings settings;

	private final Clock clock;

	private final Counter compared;

	private final Counter repaired;

	private volatile @Nullable Disposable running;

	/**
	 * Creates the reconciler.
	 * @param completeUntil returns the time until which home feeds are complete
	 */
	FeedReconciler(CachedFeeds feeds, Supplier<Optional<Instant>> completeUntil, FeedReconcilerSettings settings,
			Clock clock, MeterRegistry meters) {
		this.feeds = feeds;
		this.completeUntil = completeUntil;
		this.settings = settings;
		this.clock = clock;
		this.compared = meters.counter("feed.reconciler.compared");
		this.repaired = meters.counter("feed.reconciler.repaired");
	}

	/** Compares one feed that is found at random, if any. */
	Mono<Void> compareAny() {
		return this.feeds.findAny(this.settings.sampledKeys()).flatMap(this::compare);
	}

	/** Compares the feed of a member, and repairs it. */
	Mono<Void> compare(String owner) {
		return this.feeds.differences(owner, this.settings.entries())
			.doOnNext((differences) -> this.compared.increment())
			.filter((differences) -> !differences.isEmpty())
			.filterWhen(this.feeds::areSent)
			.flatMap((differences) -> confirm(owner, differences));
	}

	@Override
	public void start() {
		this.running = Flux.interval(this.settings.interval())
			.onBackpressureDrop()
			.concatMap((tick) -> compareAny().onErrorComplete(), 1)
			.subscribe();
	}

	@Override
	public void stop() {
		Disposable running = this.running;
		if (running != null) {
			running.dispose();
			this.running = null;
		}
	}

	@Override
	public boolean isAutoStartup() {
		return this.settings.enabled();
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

	/** Kafka has received all events of the differences by now. */
	private Mono<Void> confirm(String owner, Set<String> differences) {
		Instant begin = this.clock.instant();
		return Mono.delay(this.settings.confirmAfter())
			.filter((delayed) -> isComplete(begin))
			.flatMap((delayed) -> this.feeds.differences(owner, this.settings.entries()))
			.map((later) -> common(differences, later))
			.filter((lasting) -> !lasting.isEmpty())
			.flatMap((lasting) -> repair(owner, lasting));
	}

	/** Whether all that Kafka had received at a time is in the feeds. */
	private boolean isComplete(Instant time) {
		return this.completeUntil.get().filter((until) -> until.isAfter(time)).isPresent();
	}

	private Mono<Void> repair(String owner, Set<String> differences) {
		return this.feeds.evict(owner, differences).doOnSuccess((evicted) -> {
			this.repaired.increment();
			this.throttle.log("repaired", (more) -> log.error(
					"The cached home feed of {} differed from the store in {}" + " and was evicted ({} more since)",
					owner, differences, more));
		});
	}

	private static Set<String> common(Set<String> first, Set<String> second) {
		Set<String> common = new HashSet<>(first);
		common.retainAll(second);
		return common;
	}

}
