package dev.agora.product.imports;

import java.net.URI;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

import dev.agora.platform.document.Stored;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.web.JobView;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.RequestTimeout;
import dev.agora.platform.web.Idempotency;
import dev.agora.product.imports.row.ColumnQuery;
import dev.agora.product.imports.upload.Upload;
import dev.agora.product.imports.upload.Uploads;

/** Receives files of products, and submits a job for each. */
@RestController
public final class ImportController {

	private final Uploads uploads;

	private final ImportJobs jobs;

	private final ImportSettings settings;

	private final JsonMapper json;

	ImportController(Uploads uploads, ImportJobs jobs, ImportSettings settings, JsonMapper json) {
		this.uploads = uploads;
		this.jobs = jobs;
		this.settings = settings;
		this.json = json;
	}

	@PostMapping(path = "/products/imports", consumes = { ImportFormat.TEXT_CSV, MediaType.APPLICATION_NDJSON_VALUE },
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<JobView>> start(Caller caller, ServerHttpRequest request,
			@RequestHeader(name = Idempotency.HEADER, required = false) @Nullable String key) {
		ImportFormat format = format(request.getHeaders());
		ColumnQuery columns = columns(format, request);
		requireLength(request.getHeaders().getContentLength());
		// A malformed key is refused before the file is received.
		Idempotency.of(key, "", "");
		return this.jobs.requireFewWaiting(caller.id())
			.then(receive(request))
			.flatMap((upload) -> this.jobs.submit(new ImportRequest(upload, format, columns, caller), key))
			.map(this::toAccepted);
	}

	private Mono<Upload> receive(ServerHttpRequest request) {
		return this.uploads.store(request.getBody(), this.settings.maxUpload().toBytes())
			.timeout(this.settings.uploadTimeout())
			.onErrorMap(TimeoutException.class, (late) -> new RequestTimeout());
	}

	private void requireLength(long declared) {
		if (declared > this.settings.maxUpload().toBytes()) {
			throw new DataBufferLimitException("Content-Length is over the limit of " + this.settings.maxUpload());
		}
	}

	private static ImportFormat format(HttpHeaders headers) {
		MediaType type = Objects.requireNonNull(headers.getContentType());
		if (type.getCharset() != null && !"UTF-8".equals(type.getCharset().name())) {
			throw new UnsupportedMediaTypeStatusException("The charset must be UTF-8.");
		}
		String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		if (encoding != null && !"identity".equalsIgnoreCase(encoding)) {
			throw new UnsupportedMediaTypeStatusException("The file must be sent without a content encoding.");
		}
		return ImportFormat.of(type);
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
