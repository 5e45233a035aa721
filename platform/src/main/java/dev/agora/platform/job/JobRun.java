package dev.agora.platform.job;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Stored;

/** One run of a job: its parameters, and where the handler reports its progress. */
public final class JobRun {

	private final Stored<Job> job;

	private final JsonMapper json;

	private volatile JobReport latest;

	private volatile boolean ended;

	/**
	 * Creates the run of a job that was claimed.
	 * @param job the job
	 * @param json reads the parameters and writes checkpoints
	 */
	public JobRun(Stored<Job> job, JsonMapper json) {
		this.job = job;
		this.json = json;
		this.latest = new JobReport(job.value().progress(), job.value().checkpoint());
	}

	/** Returns the id of the job. */
	public String id() {
		return this.job.id();
	}

	/** Returns the member who started the job, or the name of a system task. */
	public String owner() {
		return this.job.value().owner();
	}

	/** Reads the parameters of the job. */
	public <T> T parameters(Class<T> type) {
		return this.json.readValue(this.job.value().parameters(), type);
	}

	/** Reads the last checkpoint of an earlier run; empty if there is none. */
	public <T> Optional<T> checkpoint(Class<T> type) {
		return Optional.ofNullable(this.job.value().checkpoint()).map((text) -> this.json.readValue(text, type));
	}

	/**
	 * Reports progress. The worker stores the latest report about twice a second, so this
	 * may be called as often as is convenient.
	 * @param done the number of units that are done
	 * @param total the number of units of the whole job, null while it is unknown
	 * @param checkpoint from where another run may resume, which is stored as JSON; null
	 * keeps the last one. Its member {@code result}, if it has one, becomes the result of
	 * a job that fails or is cancelled.
	 * @return completes at once; fails with {@link JobAborted} if the job was cancelled
	 * or another worker has taken it over
	 */
	public Mono<Void> report(long done, @Nullable Long total, @Nullable Object checkpoint) {
		return Mono.fromRunnable(() -> store(new JobProgress(done, total), checkpoint));
	}

	private void store(JobProgress progress, @Nullable Object checkpoint) {
		if (this.ended) {
			throw new JobAborted();
		}
		this.latest = this.latest.followedBy(progress,
				(checkpoint != null) ? this.json.writeValueAsString(checkpoint) : null);
	}

	/** Returns the job as it was when this run started. */
	public Stored<Job> job() {
		return this.job;
	}

	/** Returns the latest report. */
	public JobReport latest() {
		return this.latest;
	}

	/** Lets further reports fail. */
	public void end() {
		this.ended = true;
	}

}
