package dev.agora.platform.imports;

import java.net.URI;
import java.util.function.Function;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ResponseEntity;

import dev.agora.platform.document.Stored;
import dev.agora.platform.imports.upload.Upload;
import dev.agora.platform.imports.upload.UploadReceiver;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.web.JobView;

/** Receives the file of a request, and submits the job that imports it. */
public final class ImportStarter {

	private final UploadReceiver receiver;

	private final ImportJobs jobs;

	private final String path;

	private final JsonMapper json;

	/**
	 * Creates a starter.
	 * @param path the first part of the paths of the service's API
	 */
	ImportStarter(UploadReceiver receiver, ImportJobs jobs, String path, JsonMapper json) {
		this.receiver = receiver;
		this.jobs = jobs;
		this.path = path;
		this.json = json;
	}

	/**
	 * Starts an import. The caller has checked who may import.
	 * @param kind the kind of the job
	 * @param parameters creates the parameters of the job from the received file
	 * @return the response with the job and its location
	 */
	public Mono<ResponseEntity<JobView>> start(FileRequest request, String kind,
			Function<Upload, ImportParameters> parameters) {
		this.receiver.requireAcceptable(request.http().getHeaders());
		String owner = request.caller().id();
		return this.jobs.requireFewWaiting(owner, kind, request.key())
			.then(this.receiver.receive(request.http()))
			.map(parameters)
			.flatMap((file) -> this.jobs.submit(kind, owner, file, request.key()))
			.map(this::toAccepted);
	}

	private ResponseEntity<JobView> toAccepted(Stored<Job> job) {
		return ResponseEntity.accepted()
			.location(URI.create("/api/v1/" + this.path + "/jobs/" + job.id()))
			.body(JobView.of(job, this.json));
	}

}
