package dev.agora.feed.freshness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

import dev.agora.feed.fanout.LargeFanOuts;
import dev.agora.platform.kafka.progress.GroupProgress;
import dev.agora.platform.log.LogThrottle;

/**
 * Knows until when home feeds are complete: every activity, follow and block that Kafka
 * had received by then is in every home feed.
 */
public final class FeedFreshness implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(FeedFreshness.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private static final int TOLERATED_FAILURES = 10;

	private final GroupProgress progress;

	private final LargeFanOuts fanOuts;

	private final FreshnessSettings settings;

	private final Clock clock;

	/** The failures since the last success. */
	private final AtomicInteger failures = new AtomicInteger();

	private volatile @Nullable Instant completeUntil;

	private volatile @Nullable Disposable running;

	public FeedFreshness(GroupProgress progress, LargeFanOuts fanOuts, FreshnessSettings settings, Clock clock,
			MeterRegistry meters) {
		this.progress = progress;
		this.fanOuts = fanOuts;
		this.settings = settings;
		this.clock = clock;
		Gauge.builder("feed.freshness.age", this, FeedFreshness::ageInSeconds)
			.description("The age of the newest thing that a home feed may lack")
			.baseUnit("seconds")
			.register(meters);
		Gauge.builder("feed.fanout.lag", progress, GroupProgress::lag)
			.description("Events that wait until they are applied to home feeds")
			.register(meters);
	}

	/** Returns the time until which home feeds are complete, empty if it is not known. */
	public Optional<Instant> completeUntil() {
		return Optional.ofNullable(this.completeUntil);
	}

	/**
	 * Reads the progress. An activity whose fan-out is large counts until its last chunk
	 * is delivered; the fan-outs are read after the offsets, so none is missed.
	 */
	Mono<Void> refresh() {
		return this.progress.refresh()
			.then(this.fanOuts.oldest().map(Optional::of).defaultIfEmpty(Optional.empty()))
			.doOnNext((oldest) -> this.completeUntil = earlier(this.progress.appliedUntil(), oldest.orElse(null)))
			.doOnNext((oldest) -> this.failures.set(0))
			.then();
	}

	@Override
	public void start() {
		this.running = Flux.interval(Duration.ZERO, this.settings.interval())
			.onBackpressureDrop()
			.concatMap((tick) -> refresh().onErrorResume(this::report), 1)
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
	public boolean isRunning() {
		return this.running != null;
	}

	/**
	 * Logs failures that last, such as a missing permission. The first ones may be those
	 * of a start, when topics do not exist yet.
	 */
	private Mono<Void> report(Throwable failure) {
		if (this.failures.incrementAndGet() > TOLERATED_FAILURES) {
			throttle.log("refresh", (more) -> log
				.warn("The age of home feeds cannot be determined ({} more failures): {}", more, failure.toString()));
		}
		return Mono.empty();
	}

	private double ageInSeconds() {
		return completeUntil().map((until) -> Duration.between(until, this.clock.instant()).toMillis() / 1000.0)
			.orElse(Double.NaN);
	}

	private static @Nullable Instant earlier(@Nullable Instant first, @Nullable Instant second) {
		return (first != null && second != null && second.isBefore(first)) ? second : first;
	}

}
