package dev.agora.platform.job;

/** The state of a job. */
public enum JobState {

	/** The job waits for a worker. */
	QUEUED,

	/** A worker runs the job. */
	RUNNING,

	/** The job ended with a result. */
	SUCCEEDED,

	/** The job ended with an error. */
	FAILED,

	/** The owner or an operator ended the job. */
	CANCELLED;

	/** Returns whether the job has ended, so that its state does not change any more. */
	public boolean isFinal() {
		return this != QUEUED && this != RUNNING;
	}

}
