package dev.agora.platform.job.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;

/**
 * Measures the queue of jobs: the number of waiting and running jobs, and the age of the
 * oldest one that waits. Every instance shows the same, so that workers are scaled by the
 * metrics of any of them.
 */
public final class JobMeters implements SmartLifecycle {

	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private final Jobs jobs;

	private final Clock clock;

	private final AtomicLong queued = new AtomicLong();

	private final AtomicLong running = new AtomicLong();

	private final AtomicLong oldestAge = new AtomicLong();

	private volatile @Nullable Disposable measuring;

	public JobMeters(Jobs jobs, MeterRegistry meters, Clock clock) {
		this.jobs = jobs;
		this.clock = clock;
		meters.gauge("jobs.queued", this.queued);
		meters.gauge("jobs.running", this.running);
		TimeGauge.builder("jobs.oldest.age", this.oldestAge, TimeUnit.MILLISECONDS, AtomicLong::get).register(meters);
	}

	@Override
	public void start() {
		this.measuring = Mono.defer(this::measure)
			// The gauges keep their values while the database is unavailable.
			.onErrorComplete()
			.then(Mono.delay(INTERVAL))
			.repeat()
			.subscribe();
	}

	/** Measures once. */
	Mono<Void> measure() {
		return this.jobs.count(JobState.QUEUED)
			.doOnNext(this.queued::set)
			.then(this.jobs.count(JobState.RUNNING))
			.doOnNext(this.running::set)
			.then(this.jobs.oldestQueued().map(this::age).defaultIfEmpty(0L))
			.doOnNext(this.oldestAge::set)
			.then();
	}

	private long age(Stored<?> job) {
		Instant now = this.clock.instant();
		return Math.max(Duration.between(job.createdAt(), now).toMillis(), 0);
	}

	@Override
	public void stop() {
		Disposable current = this.measuring;
		if (current != null) {
			current.dispose();
			this.measuring = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.measuring != null;
	}

}
