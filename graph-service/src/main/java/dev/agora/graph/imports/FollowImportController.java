package dev.agora.graph.imports;

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

/** Receives lists of edges from operators, and submits a job for each. */
@RestController
public final class FollowImportController {

	private final ImportStarter imports;

	FollowImportController(ImportStarter imports) {
		this.imports = imports;
	}

	@PostMapping(path = "/graph/imports", consumes = MediaType.TEXT_PLAIN_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<JobView>> start(Caller caller, ServerHttpRequest request,
			@RequestHeader(name = Idempotency.HEADER, required = false) @Nullable String key) {
		caller.requireOperator();
		return this.imports.start(new FileRequest(caller, request, key), FollowImport.KIND, FollowImport::new);
	}

}
