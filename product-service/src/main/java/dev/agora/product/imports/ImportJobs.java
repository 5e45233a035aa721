package dev.agora.product.imports;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.problem.Problem;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.PageRequest;
import dev.agora.product.imports.upload.Uploads;

/** Submits imports, and deletes their files when they are no longer needed. */
public final class ImportJobs {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

	private static final int SERVER_ERROR = 500;

	private final Jobs jobs;

	private final Uploads uploads;

	private final ImportSettings settings;

	private final JsonMapper json;

	ImportJobs(Jobs jobs, Uploads uploads, ImportSettings settings, JsonMapper json) {
		this.jobs = jobs;
		this.uploads = uploads;
		this.settings = settings;
		this.json = json;
	}

	/**
	 * Requires that a member may submit another import.
	 * @throws TooManyRequests if too many of their imports wait for a worker
	 */
	Mono<Void> requireFewWaiting(String member) {
		return this.jobs.list(new JobQuery(member, JobState.QUEUED), new PageRequest(PageRequest.MAX_LIMIT, null))
			.filter((waiting) -> waiting.items()
				.stream()
				.filter((job) -> job.value().kind().equals(ImportRequest.KIND))
				.count() >= this.settings.maxWaiting())
			.flatMap((full) -> Mono.error(new TooManyRequests("too-many-imports",
					this.settings.maxWaiting()
							+ " of your imports wait for a worker. Submit more when some of them have started.",
					RETRY_AFTER)));
	}

	/**
	 * Submits an import.
	 * @param key the idempotency key, or null
	 * @return the job, or the one that the same request submitted before
	 */
	Mono<Stored<Job>> submit(ImportRequest request, @Nullable String key) {
		String owner = request.seller().id();
		Optional<Idempotency> idempotency = Idempotency.of(key, "imports " + owner, request.content());
		return this.jobs.submit(ImportRequest.KIND, owner, request, idempotency)
			.onErrorResume(Problem.class, (problem) -> refused(request, problem))
			.flatMap((job) -> deleteUnused(request, job).thenReturn(job));
	}

	/** After a server error the job may exist, and then needs its file. */
	private Mono<Stored<Job>> refused(ImportRequest request, Problem problem) {
		Mono<Stored<Job>> failure = Mono.error(problem);
		return (problem.status() < SERVER_ERROR) ? this.uploads.delete(request.upload()).onErrorComplete().then(failure)
				: failure;
	}

	/** Deletes the file of a repeated request, whose job has the file of the first. */
	private Mono<Void> deleteUnused(ImportRequest request, Stored<Job> job) {
		return toRequest(job).upload().id().equals(request.upload().id()) ? Mono.empty()
				: this.uploads.delete(request.upload()).onErrorComplete();
	}

	/** Deletes the file of an import that has ended. */
	Mono<Void> deleteUpload(String jobId) {
		return this.jobs.find(jobId).flatMap((job) -> this.uploads.delete(toRequest(job).upload()));
	}

	private ImportRequest toRequest(Stored<Job> job) {
		return this.json.readValue(job.value().parameters(), ImportRequest.class);
	}

}
