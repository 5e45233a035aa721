package dev.agora.feed.freshness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

import dev.agora.feed.fanout.LargeFanOuts;
import dev.agora.platform.kafka.progress.GroupProgress;

/**
 * Knows until when home feeds are complete: every activity, follow and block that Kafka
 * had received by then is in every home feed.
 */
public final class FeedFreshness implements SmartLifecycle {

	private final GroupProgress progress;

	private final LargeFanOuts fanOuts;

	private final FreshnessSettings settings;

	private final Clock clock;

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
			.then();
	}

	@Override
	public void start() {
		this.running = Flux.interval(Duration.ZERO, this.settings.interval())
			.onBackpressureDrop()
			.concatMap((tick) -> refresh().onErrorComplete(), 1)
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

	private double ageInSeconds() {
		return completeUntil().map((until) -> Duration.between(until, this.clock.instant()).toMillis() / 1000.0)
			.orElse(Double.NaN);
	}

	private static @Nullable Instant earlier(@Nullable Instant first, @Nullable Instant second) {
		return (first != null && second != null && second.isBefore(first)) ? second : first;
	}

}
