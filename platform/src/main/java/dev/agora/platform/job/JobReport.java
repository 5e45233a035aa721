package dev.agora.platform.job;

import org.jspecify.annotations.Nullable;

/**
 * The latest report of a run.
 *
 * @param progress the progress
 * @param checkpoint from where another run resumes, as JSON; null at the beginning
 */
public record JobReport(JobProgress progress, @Nullable String checkpoint) {

	/** Returns a later report; without a checkpoint of its own, it keeps this one. */
	JobReport followedBy(JobProgress later, @Nullable String laterCheckpoint) {
		return new JobReport(later, (laterCheckpoint != null) ? laterCheckpoint : this.checkpoint);
	}

}
