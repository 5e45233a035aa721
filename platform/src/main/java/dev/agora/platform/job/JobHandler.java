package dev.agora.platform.job;

import reactor.core.publisher.Mono;

import dev.agora.platform.problem.Problem;
import dev.agora.platform.problem.Unavailable;

/**
 * Does the work of the jobs of one kind. The work is idempotent, as another run may
 * repeat what an earlier one has done since its last checkpoint.
 */
public interface JobHandler {

	/** Returns the kind of the jobs, in lower-case words with hyphens. */
	String kind();

	/**
	 * Does the work of a job. The worker cancels the subscription when the job was
	 * cancelled or another worker has taken it over.
	 * @param run the run of the job
	 * @return the result, which is stored as JSON; empty if there is none. A
	 * {@link Problem} ends the job as failed with its code and detail.
	 * {@link Unavailable} queues it again until the store or service is available; other
	 * failures do so for a few attempts.
	 */
	Mono<?> run(JobRun run);

}
