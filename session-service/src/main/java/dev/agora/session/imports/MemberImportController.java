package dev.agora.session.imports;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.document.Stored;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.imports.ImportJobs;
import dev.agora.platform.imports.upload.UploadReceiver;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.web.JobView;
import dev.agora.platform.web.Idempotency;

/** Receives files of members from operators, and submits a job for each. */
@RestController
public final class MemberImportController {

	private final UploadReceiver receiver;

	private final ImportJobs jobs;

	private final JsonMapper json;

	MemberImportController(UploadReceiver receiver, ImportJobs jobs, JsonMapper json) {
		this.receiver = receiver;
		this.jobs = jobs;
		this.json = json;
	}

	@PostMapping(path = "/members/imports", consumes = MediaType.APPLICATION_NDJSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<JobView>> start(Caller caller, ServerHttpRequest request,
			@RequestHeader(name = Idempotency.HEADER, required = false) @Nullable String key) {
		caller.requireOperator();
		this.receiver.requireAcceptable(request.getHeaders());
		// A malformed key is refused before the file is received.
		Idempotency.of(key, "", "");
		return this.jobs.requireFewWaiting(caller.id(), MemberImportRequest.KIND)
			.then(this.receiver.receive(request))
			.map(MemberImportRequest::new)
			.flatMap((file) -> this.jobs.submit(MemberImportRequest.KIND, caller.id(), file, key))
			.map(this::toAccepted);
	}

	private ResponseEntity<JobView> toAccepted(Stored<Job> job) {
		return ResponseEntity.accepted()
			.location(URI.create("/api/v1/members/jobs/" + job.id()))
			.body(JobView.of(job, this.json));
	}

}
