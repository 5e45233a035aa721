package dev.agora.platform.job.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobAborted;
import dev.agora.platform.job.JobError;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.JobSettings;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.kafka.KafkaFailures;
import dev.agora.platform.problem.Problem;
import dev.agora.platform.problem.Unavailable;

/**
 * Decides what the failure of a run means for its job: another run later, or the end.
 */
final class JobFailures {

	private static final Logger log = LoggerFactory.getLogger(JobFailures.class);

	private static final Duration UNAVAILABLE_DELAY = Duration.ofSeconds(10);

	private static final int BACKOFF_FACTOR = 4;

	private final Jobs jobs;

	private final JobSettings.Worker settings;

	private final Clock clock;

	JobFailures(Jobs jobs, JobSettings.Worker settings, Clock clock) {
		this.jobs = jobs;
		this.settings = settings;
		this.clock = clock;
	}

	/** Decides on the failure of a handler. */
	JobDecision decide(JobRun jobRun, String run, Throwable thrown) {
		Job job = jobRun.job().value().with(jobRun.latest());
		Throwable failure = Exceptions.unwrap(thrown);
		if (failure instanceof JobAborted) {
			return Change::none;
		}
		if (failure instanceof Unavailable unavailable) {
			return waitFor(job, run, unavailable);
		}
		if (failure instanceof Problem refusal) {
			return fail(run, new JobError(refusal.code(), refusal.detail()));
		}
		return retry(jobRun.id(), job, failure);
	}

	/** Decides on a job whose worker has died. */
	JobDecision decideOnLost(Stored<Job> job, String run) {
		int attempts = job.value().attempts();
		if (attempts < this.settings.maxAttempts()) {
			log.warn("The worker of job {} ({}) has died in attempt {}; the job is queued again", job.id(),
					job.value().kind(), attempts);
			return (current) -> current.requeue(run, true, this.clock.instant());
		}
		log.error("Job {} ({}) has failed: its worker died in {} attempts", job.id(), job.value().kind(), attempts);
		return fail(run, new JobError("worker-lost", "The worker of the job died in " + attempts + " attempts."));
	}

	private JobDecision waitFor(Job job, String run, Unavailable unavailable) {
		Instant now = this.clock.instant();
		JobError reason = new JobError(unavailable.code(), unavailable.detail());
		Instant since = Objects.requireNonNullElse(job.unavailableSince(), now);
		if (since.plus(this.settings.giveUpAfter()).isBefore(now)) {
			return fail(run, reason);
		}
		return (current) -> current.awaitAvailability(run, reason, since, now.plus(UNAVAILABLE_DELAY));
	}

	private JobDecision retry(String id, Job job, Throwable failure) {
		String run = Objects.requireNonNull(job.run());
		int attempts = job.attempts();
		if (attempts < this.settings.maxAttempts()) {
			log.warn("Attempt {} of job {} ({}) failed: {}", attempts, id, job.kind(), KafkaFailures.describe(failure));
			return (current) -> current.retry(run, internal(attempts), this.clock.instant().plus(delayAfter(attempts)));
		}
		log.error("Job {} ({}) has failed after {} attempts: {}", id, job.kind(), attempts,
				KafkaFailures.describe(failure));
		return fail(run, internal(attempts));
	}

	private JobDecision fail(String run, JobError reason) {
		return (current) -> current.fail(run, reason, this.jobs.retention());
	}

	private Duration delayAfter(int attempts) {
		return this.settings.retryDelay().multipliedBy((long) Math.pow(BACKOFF_FACTOR, attempts - 1));
	}

	private static JobError internal(int attempts) {
		return new JobError("internal-error", "The job failed in " + attempts + " attempts for an internal reason.");
	}

}
