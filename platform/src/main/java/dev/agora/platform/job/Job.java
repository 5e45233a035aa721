package dev.agora.platform.job;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Change;

/**
 * A job. Its methods are the decisions on it; each is safe to repeat.
 *
 * @param kind the kind of work, which selects the handler
 * @param owner the member who started it, or the name of a system task
 * @param parameters the parameters as JSON
 * @param state the state
 * @param progress the progress
 * @param checkpoint from where another run resumes, as JSON; null at the beginning
 * @param run the id of the current run, null unless the job runs
 * @param attempts the number of runs that have started since the job last reached a
 * checkpoint
 * @param result the result as JSON, null if there is none; that of a failed or cancelled
 * job tells what was done before
 * @param error the reason of a failure; for a queued job, that of its last run
 * @param notBefore when a queued job may run at the earliest; it has passed by any clock
 * unless the job is retried
 * @param publishAt when the sweep publishes a queued job again
 * @param startedAt when the first run started
 * @param finishedAt when the job ended
 * @param expiresAt when the ended job is removed
 * @param unavailableSince since when the runs have found a store or service unavailable
 */
public record Job(String kind, String owner, String parameters, JobState state, JobProgress progress,
		@Nullable String checkpoint, @Nullable String run, int attempts, @Nullable String result,
		@Nullable JobError error, Instant notBefore, Instant publishAt, @Nullable Instant startedAt,
		@Nullable Instant finishedAt, @Nullable Instant expiresAt, @Nullable Instant unavailableSince) {

	/** The time after which a job that still waits is published again. */
	static final Duration REPUBLISH_AFTER = Duration.ofMinutes(1);

	/**
	 * Queues a new job. The sweep publishes it only if it is retried or its record is
	 * lost.
	 */
	public static Change<Job> submit(String kind, String owner, String parameters, Instant at) {
		Job job = new Job(kind, owner, parameters, JobState.QUEUED, JobProgress.NONE, null, null, 0, null, null,
				Instant.EPOCH, at.plus(REPUBLISH_AFTER), null, null, null, null);
		return Change.to(job, new JobEvent.Queued(kind, owner, at));
	}

	/** Starts a run of this job if it is due; otherwise it stays as it is. */
	public Change<Job> claim(String newRun, Instant at) {
		if (this.state != JobState.QUEUED || this.notBefore.isAfter(at)) {
			return Change.none(this);
		}
		return Change.withoutEvent(new Job(this.kind, this.owner, this.parameters, JobState.RUNNING, this.progress,
				this.checkpoint, newRun, this.attempts + 1, null, this.error, this.notBefore, this.publishAt,
				(this.startedAt != null) ? this.startedAt : at, null, null, this.unavailableSince));
	}

	/** Returns whether a run holds this job. */
	public boolean isHeldBy(String run) {
		return this.state == JobState.RUNNING && run.equals(this.run);
	}

	/**
	 * Stores the latest report of a run. It also shows that the run is alive, so it is
	 * written even if nothing has changed.
	 */
	public Change<Job> report(String run, JobReport report) {
		return isHeldBy(run) ? Change.withoutEvent(with(report)) : Change.none(this);
	}

	/**
	 * Returns this job with the latest report of its run. A run that has reached another
	 * checkpoint is the first attempt to do the rest.
	 */
	public Job with(JobReport report) {
		boolean advanced = report.checkpoint() != null && !report.checkpoint().equals(this.checkpoint);
		return new Job(this.kind, this.owner, this.parameters, this.state, report.progress(), report.checkpoint(),
				this.run, advanced ? 1 : this.attempts, this.result, this.error, this.notBefore, this.publishAt,
				this.startedAt, this.finishedAt, this.expiresAt, advanced ? null : this.unavailableSince);
	}

	/** Ends this job with the result of a run. */
	public Change<Job> succeed(String run, @Nullable String result, JobRetention times) {
		return isHeldBy(run) ? end(JobState.SUCCEEDED, result, null, times) : Change.none(this);
	}

	/** Ends this job with the failure of a run. The result so far stays. */
	public Change<Job> fail(String run, JobError reason, JobRetention times) {
		return isHeldBy(run) ? end(JobState.FAILED, Checkpoint.resultOf(this.checkpoint), reason, times)
				: Change.none(this);
	}

	/**
	 * Ends this job, whether it waits or runs. The result so far stays. A job that has
	 * ended stays as it is.
	 */
	public Change<Job> cancel(JobRetention times) {
		return this.state.isFinal() ? Change.none(this)
				: end(JobState.CANCELLED, Checkpoint.resultOf(this.checkpoint), null, times);
	}

	/**
	 * Queues this job again after a run has failed. The sweep publishes it when it is
	 * due.
	 */
	public Change<Job> retry(String run, JobError reason, Instant due) {
		return isHeldBy(run) ? Change.withoutEvent(queued(this.attempts, reason, due, due).unavailableSince(null))
				: Change.none(this);
	}

	/**
	 * Queues this job again after a run has found a store or service unavailable, which
	 * does not count as an attempt.
	 * @param since since when the runs have found it unavailable
	 */
	public Change<Job> awaitAvailability(String run, JobError reason, Instant since, Instant due) {
		return isHeldBy(run) ? Change.withoutEvent(queued(this.attempts - 1, reason, due, due).unavailableSince(since))
				: Change.none(this);
	}

	/** Queues this job again at once after a run was given up or its worker has died. */
	public Change<Job> requeue(String run, boolean counted, Instant at) {
		if (!isHeldBy(run)) {
			return Change.none(this);
		}
		return Change.to(queued(counted ? this.attempts : this.attempts - 1, this.error, Instant.EPOCH, at),
				new JobEvent.Queued(this.kind, this.owner, at));
	}

	/**
	 * Queues this job again to let the job of another owner run first. The sweep
	 * publishes it when it is due.
	 */
	public Change<Job> giveWay(String run, Instant due) {
		return isHeldBy(run) ? Change.withoutEvent(queued(this.attempts - 1, this.error, due, due)) : Change.none(this);
	}

	/**
	 * Queues this job again that a run claimed and did not begin. It is not published,
	 * since the run's slot chooses again.
	 */
	public Change<Job> giveBack(String run) {
		return isHeldBy(run) ? Change.withoutEvent(queued(this.attempts - 1, this.error, Instant.EPOCH, this.publishAt))
				: Change.none(this);
	}

	/** Publishes this queued job again, since its record in the queue may be lost. */
	public Change<Job> republish(Instant at) {
		if (this.state != JobState.QUEUED || this.publishAt.isAfter(at)) {
			return Change.none(this);
		}
		return Change.to(queued(this.attempts, this.error, Instant.EPOCH, at.plus(REPUBLISH_AFTER)),
				new JobEvent.Queued(this.kind, this.owner, at));
	}

	/** Returns whether this job has ended and may be removed. */
	public boolean isExpired(Instant now) {
		return this.expiresAt != null && !this.expiresAt.isAfter(now);
	}

	private Job queued(int attempts, @Nullable JobError reason, Instant notBefore, Instant publishAt) {
		return new Job(this.kind, this.owner, this.parameters, JobState.QUEUED, this.progress, this.checkpoint, null,
				attempts, null, reason, notBefore, publishAt, this.startedAt, null, null, this.unavailableSince);
	}

	private Job unavailableSince(@Nullable Instant since) {
		return new Job(this.kind, this.owner, this.parameters, this.state, this.progress, this.checkpoint, this.run,
				this.attempts, this.result, this.error, this.notBefore, this.publishAt, this.startedAt, this.finishedAt,
				this.expiresAt, since);
	}

	private Change<Job> end(JobState state, @Nullable String result, @Nullable JobError reason, JobRetention times) {
		Instant at = times.endedAt();
		Job ended = new Job(this.kind, this.owner, this.parameters, state, this.progress, null, null, this.attempts,
				result, reason, this.notBefore, this.publishAt, this.startedAt, at, times.expiresAt(), null);
		return Change.to(ended, new JobEvent.Ended(this.kind, this.owner, state, at));
	}

}
