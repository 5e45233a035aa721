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
 * A job as it is shown to an operator.
 *
 * @param owner the member who started it, or the name of a system task
 * @param attempts the number of runs that have started since the job last reached a
 * checkpoint
 * @param error the reason why the job, or its last run, failed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record JobDetails(String id, String kind, String owner, JobState state, JobProgress progress, int attempts,
		JsonNode parameters, @Nullable JsonNode checkpoint, @Nullable JsonNode result, @Nullable JobError error,
		Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt) {

	/**
	 * Creates the details of a job.
	 * @param json reads parameters, checkpoint and result
	 */
	static JobDetails of(Stored<Job> stored, JsonMapper json) {
		Job job = stored.value();
		return new JobDetails(stored.id(), job.kind(), job.owner(), job.state(), job.progress(), job.attempts(),
				json.readTree(job.parameters()), read(job.checkpoint(), json), read(job.result(), json), job.error(),
				stored.createdAt(), job.startedAt(), job.finishedAt());
	}

	private static @Nullable JsonNode read(@Nullable String text, JsonMapper json) {
		return (text != null) ? json.readTree(text) : null;
	}

}
