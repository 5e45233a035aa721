package dev.agora.platform.job.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.mongo.Lease;

/**
 * Queues the jobs of dead workers again, and publishes jobs that are to be retried or
 * whose record in the queue was lost. One instance does so at a time.
 * <p>
 * No two clocks are compared: a running job whose version has not changed for the
 * duration of the lease, as this instance measures it, has lost its worker.
 */
public final class JobSweep implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(JobSweep.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final Duration LEASE = Duration.ofSeconds(5);

	private static final int MAX_PUBLISHED = 20;

	private final Jobs jobs;

	private final JobFailures failures;

	private final Lease lease;

	private final Timing timing;

	/** The running jobs with the version that was seen last. */
	private final Map<String, Observation> seen = new HashMap<>();

	private volatile @Nullable Disposable running;

	JobSweep(Jobs jobs, JobFailures failures, Lease lease, Timing timing) {
		this.jobs = jobs;
		this.failures = failures;
		this.lease = lease;
		this.timing = timing;
	}

	@Override
	public void start() {
		this.running = Mono.defer(this::sweep)
			.onErrorResume((failure) -> Mono.fromRunnable(() -> report(failure)))
			.then(Mono.delay(INTERVAL))
			.repeat()
			.subscribe();
	}

	/** Sweeps once, if this instance holds the lease. */
	Mono<Void> sweep() {
		return this.lease.tryAcquire(LEASE)
			.filter(Boolean::booleanValue)
			.flatMap((held) -> requeueLost().then(publishOverdue()));
	}

	private Mono<Void> publishOverdue() {
		return this.jobs.toPublish(MAX_PUBLISHED)
			.concatMap((job) -> change(job, (current) -> current.republish(now())))
			.then();
	}

	private Mono<Void> requeueLost() {
		return this.jobs.running()
			.collectList()
			.doOnNext((all) -> this.seen.keySet().retainAll(all.stream().map(Stored::id).toList()))
			.flatMapMany(Flux::fromIterable)
			.filter(this::isLost)
			.concatMap(this::requeue)
			.then();
	}

	private boolean isLost(Stored<Job> job) {
		long now = this.timing.nanoTime().getAsLong();
		Observation before = this.seen.get(job.id());
		if (before == null || before.version() != job.version()) {
			this.seen.put(job.id(), new Observation(job.version(), now));
			return false;
		}
		return now - before.at() >= this.timing.lease().toNanos();
	}

	private Mono<Void> requeue(Stored<Job> job) {
		return change(job, this.failures.decideOnLost(job, Objects.requireNonNull(job.value().run())));
	}

	/**
	 * Changes a job if it is as it was read. A job that cannot be changed delays no
	 * other.
	 */
	private Mono<Void> change(Stored<Job> job, JobDecision decision) {
		return this.jobs
			.change(job.id(),
					(current) -> (current.version() == job.version()) ? decision.apply(current.value())
							: Change.none(current.value()))
			.then()
			.onErrorResume((failure) -> Mono.fromRunnable(() -> report(failure)));
	}

	private Instant now() {
		return this.timing.clock().instant();
	}

	private static void report(Throwable failure) {
		throttle.log("sweep", (suppressed) -> log.warn("The sweep of jobs failed and will be repeated ({} more): {}",
				suppressed, failure.toString()));
	}

	@Override
	public void stop() {
		Disposable current = this.running;
		if (current != null) {
			current.dispose();
			this.running = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

	/**
	 * How the sweep measures time.
	 *
	 * @param lease the time after which a worker that shows no sign of life is dead
	 * @param clock tells which jobs are due
	 * @param nanoTime measures the lease
	 */
	record Timing(Duration lease, Clock clock, LongSupplier nanoTime) {
	}

	private record Observation(long version, long at) {
	}

}
