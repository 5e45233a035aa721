package dev.agora.session.imports;

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
import dev.agora.platform.web.Idempotency;

/** Receives files of members from operators, and submits a job for each. */
@RestController
public final class MemberImportController {

	private final ImportStarter imports;

	MemberImportController(ImportStarter imports) {
		this.imports = imports;
	}

	@PostMapping(path = "/members/imports", consumes = MediaType.APPLICATION_NDJSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<JobView>> start(Caller caller, ServerHttpRequest request,
			@RequestHeader(name = Idempotency.HEADER, required = false) @Nullable String key) {
		caller.requireOperator();
		return this.imports.start(new FileRequest(caller, request, key), MemberImportRequest.KIND,
				MemberImportRequest::new);
	}

}
