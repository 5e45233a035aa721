package dev.agora.platform.job.worker;

import java.time.Duration;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.Change;
import dev.agora.platform.job.JobReport;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.problem.NotFound;

/**
 * Stores the reports of a run, and shows that it is alive. It notices when the job was
 * cancelled or was taken over.
 */
final class JobHeartbeat {

	private final Jobs jobs;

	private final JobRun run;

	private final String runId;

	private final long lease;

	private JobReport written;

	private long writtenAt = System.nanoTime();

	private volatile long confirmedAt = System.nanoTime();

	/**
	 * Creates the heartbeat of a run.
	 * @param lease the time after which another worker takes over
	 */
	JobHeartbeat(Jobs jobs, JobRun run, String runId, Duration lease) {
		this.jobs = jobs;
		this.run = run;
		this.runId = runId;
		this.lease = lease.toNanos();
		this.written = run.latest();
	}

	/** Completes when the run no longer holds its job. */
	Mono<Void> untilLost(Duration interval) {
		return Mono.defer(this::beat).delaySubscription(interval).repeat().filter((held) -> !held).next().then();
	}

	private Mono<Boolean> beat() {
		JobReport latest = this.run.latest();
		long now = System.nanoTime();
		boolean due = !latest.equals(this.written) || now - this.writtenAt > this.lease / 3;
		return this.jobs
			.change(this.run.id(), (job) -> due ? job.value().report(this.runId, latest) : Change.none(job.value()))
			.map((job) -> job.value().isHeldBy(this.runId))
			.doOnNext((held) -> confirm(due, latest, now))
			// An attempt that takes longer than the lease is too late.
			.timeout(Duration.ofNanos(Math.max(this.confirmedAt + this.lease - now, 0)))
			.onErrorResume(NotFound.class, (removed) -> Mono.just(false))
			// While the database is unavailable, the run continues until its lease ends.
			.onErrorResume((failure) -> Mono.just(System.nanoTime() - this.confirmedAt < this.lease));
	}

	private void confirm(boolean written, JobReport latest, long at) {
		this.confirmedAt = at;
		if (written) {
			this.written = latest;
			this.writtenAt = at;
		}
	}

}
