package dev.agora.product.imports;

import java.net.URI;
import java.util.Objects;

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
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.web.Idempotency;
import dev.agora.product.imports.row.ColumnQuery;

/** Receives files of products, and submits a job for each. */
@RestController
public final class ImportController {

	private final UploadReceiver receiver;

	private final ImportJobs jobs;

	private final JsonMapper json;

	ImportController(UploadReceiver receiver, ImportJobs jobs, JsonMapper json) {
		this.receiver = receiver;
		this.jobs = jobs;
		this.json = json;
	}

	@PostMapping(path = "/products/imports", consumes = { ImportFormat.TEXT_CSV, MediaType.APPLICATION_NDJSON_VALUE },
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<JobView>> start(Caller caller, ServerHttpRequest request,
			@RequestHeader(name = Idempotency.HEADER, required = false) @Nullable String key) {
		this.receiver.requireAcceptable(request.getHeaders());
		ImportFormat format = ImportFormat.of(Objects.requireNonNull(request.getHeaders().getContentType()));
		ColumnQuery columns = columns(format, request);
		// A malformed key is refused before the file is received.
		Idempotency.of(key, "", "");
		return this.jobs.requireFewWaiting(caller.id(), ImportRequest.KIND)
			.then(this.receiver.receive(request))
			.map((upload) -> new ImportRequest(upload, format, columns, Importer.of(caller)))
			.flatMap((file) -> this.jobs.submit(ImportRequest.KIND, caller.id(), file, key))
			.map(this::toAccepted);
	}

	private static ColumnQuery columns(ImportFormat format, ServerHttpRequest request) {
		if (format == ImportFormat.NDJSON && !request.getQueryParams().isEmpty()) {
			throw InvalidRequest.field(request.getQueryParams().keySet().iterator().next(),
					"must not be given: only CSV files have columns");
		}
		return ColumnQuery.parse(request.getQueryParams());
	}

	private ResponseEntity<JobView> toAccepted(Stored<Job> job) {
		return ResponseEntity.accepted()
			.location(URI.create("/api/v1/products/jobs/" + job.id()))
			.body(JobView.of(job, this.json));
	}

}
