package dev.agora.platform.imports;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.imports.upload.ImportSettings;
import dev.agora.platform.imports.upload.Upload;
import dev.agora.platform.imports.upload.Uploads;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.Problem;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.PageRequest;

/** Submits imports, and deletes their files when they are no longer needed. */
public final class ImportJobs {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

	private static final String UPLOAD = "upload";

	private static final int SERVER_ERROR = 500;

	private final Jobs jobs;

	private final Uploads uploads;

	private final DocumentStore store;

	private final ImportSettings settings;

	private final JsonMapper json;

	ImportJobs(Jobs jobs, Uploads uploads, DocumentStore store, ImportSettings settings, Jobs.Environment environment) {
		this.jobs = jobs;
		this.uploads = uploads;
		this.store = store;
		this.settings = settings;
		this.json = environment.json();
	}

	/**
	 * Requires that a member may submit another import, unless the request repeats one
	 * whose job exists.
	 * @param kind the kind of the jobs
	 * @param key the idempotency key, or null
	 * @throws InvalidRequest if the key is malformed
	 * @throws TooManyRequests if too many of their imports wait for a worker
	 */
	public Mono<Void> requireFewWaiting(String member, String kind, @Nullable String key) {
		Mono<Stored<Job>> first = Mono.justOrEmpty(idempotency(key, member, ""))
			.flatMap(this.store::findReserved)
			.flatMap(this.jobs::find);
		return first.hasElement().flatMap((repeated) -> repeated ? Mono.empty() : requireFewWaiting(member, kind));
	}

	private Mono<Void> requireFewWaiting(String member, String kind) {
		return this.jobs.list(new JobQuery(member, JobState.QUEUED), new PageRequest(PageRequest.MAX_LIMIT, null))
			.filter((waiting) -> waiting.items()
				.stream()
				.filter((job) -> job.value().kind().equals(kind))
				.count() >= this.settings.maxWaiting())
			.flatMap((full) -> Mono.error(new TooManyRequests("too-many-imports",
					this.settings.maxWaiting()
							+ " of your imports wait for a worker. Submit more when some of them have started.",
					RETRY_AFTER)));
	}

	/**
	 * Submits an import. The submission continues if the caller cancels, so that no file
	 * is left without a job.
	 * @param kind the kind of the job
	 * @param owner the id of the member who imports
	 * @param key the idempotency key, or null
	 * @return the job, or the one that the same request submitted before
	 */
	public Mono<Stored<Job>> submit(String kind, String owner, ImportParameters parameters, @Nullable String key) {
		return this.jobs.submit(kind, owner, parameters, idempotency(key, owner, parameters.content()))
			.onErrorResume(Problem.class, (problem) -> refused(parameters.upload(), problem))
			.flatMap((job) -> deleteUnused(parameters.upload(), job).thenReturn(job))
			.cache();
	}

	private static Optional<Idempotency> idempotency(@Nullable String key, String owner, Object content) {
		return Idempotency.of(key, "imports " + owner, content);
	}

	/** After a server error the job may exist, and then needs its file. */
	private Mono<Stored<Job>> refused(Upload upload, Problem problem) {
		Mono<Stored<Job>> failure = Mono.error(problem);
		return (problem.status() < SERVER_ERROR) ? this.uploads.delete(upload).onErrorComplete().then(failure)
				: failure;
	}

	/** Deletes the file of a repeated request, whose job has the file of the first. */
	private Mono<Void> deleteUnused(Upload upload, Stored<Job> job) {
		boolean used = uploadOf(job).filter((first) -> first.id().equals(upload.id())).isPresent();
		return used ? Mono.empty() : this.uploads.delete(upload).onErrorComplete();
	}

	/** Deletes the file of a job that has ended, if it has one. */
	Mono<Void> deleteUpload(String jobId) {
		return this.jobs.find(jobId).flatMap((job) -> Mono.justOrEmpty(uploadOf(job))).flatMap(this.uploads::delete);
	}

	private Optional<Upload> uploadOf(Stored<Job> job) {
		JsonNode upload = this.json.readTree(job.value().parameters()).path(UPLOAD);
		return upload.isObject() ? Optional.of(this.json.treeToValue(upload, Upload.class)) : Optional.empty();
	}

}
