package dev.agora.platform.job.web;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobError;
import dev.agora.platform.job.JobProgress;
import dev.agora.platform.job.JobState;

/**
 * A job in responses.
 *
 * @param result the product of the job, by its kind; null while it waits or runs, and in
 * lists. That of a job that failed or was cancelled tells what was done before
 * @param error the reason why it failed; null unless it failed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record JobView(String id, String kind, JobState state, JobProgress progress, @Nullable JsonNode result,
		@Nullable JobError error, Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt) {

	/**
	 * Creates the view of a job.
	 * @param json reads the result
	 */
	public static JobView of(Stored<Job> stored, JsonMapper json) {
		Job job = stored.value();
		return new JobView(stored.id(), job.kind(), job.state(), job.progress(),
				(job.result() != null) ? json.readTree(job.result()) : null,
				(job.state() == JobState.FAILED) ? job.error() : null, stored.createdAt(), job.startedAt(),
				job.finishedAt());
	}

}
