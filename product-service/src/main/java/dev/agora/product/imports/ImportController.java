package dev.agora.product.imports;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.imports.FileRequest;
import dev.agora.platform.imports.ImportStarter;
import dev.agora.platform.job.web.JobView;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.web.Idempotency;
import dev.agora.product.imports.row.ColumnQuery;

/** Receives files of products, and submits a job for each. */
@RestController
public final class ImportController {

	private final ImportStarter imports;

	ImportController(ImportStarter imports) {
		this.imports = imports;
	}

	@PostMapping(path = "/products/imports", consumes = { ImportFormat.TEXT_CSV, MediaType.APPLICATION_NDJSON_VALUE },
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<JobView>> start(Caller caller, ServerHttpRequest request,
			@RequestHeader(name = Idempotency.HEADER, required = false) @Nullable String key) {
		ImportFormat format = ImportFormat.of(Objects.requireNonNull(request.getHeaders().getContentType()));
		ColumnQuery columns = columns(format, request);
		return this.imports.start(new FileRequest(caller, request, key), ImportRequest.KIND,
				(upload) -> new ImportRequest(upload, format, columns, Importer.of(caller)));
	}

	private static ColumnQuery columns(ImportFormat format, ServerHttpRequest request) {
		if (format == ImportFormat.NDJSON && !request.getQueryParams().isEmpty()) {
			throw InvalidRequest.field(request.getQueryParams().keySet().iterator().next(),
					"must not be given: only CSV files have columns");
		}
		return ColumnQuery.parse(request.getQueryParams());
	}

}
