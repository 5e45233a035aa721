package dev.agora.feed.exports;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.document.Stored;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.job.web.JobView;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Idempotency;

/** Starts exports of the caller's data, and returns their files. */
@RestController
@RequestMapping("/feed/exports")
public final class ExportController {

	private final ExportStarter starter;

	private final Jobs jobs;

	private final Exports exports;

	private final ExportChunks chunks;

	private final JsonMapper json;

	ExportController(ExportStarter starter, Jobs jobs, Exports exports, ExportChunks chunks, JsonMapper json) {
		this.starter = starter;
		this.jobs = jobs;
		this.exports = exports;
		this.chunks = chunks;
		this.json = json;
	}

	@PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<JobView>> start(Caller caller,
			@RequestHeader(name = Idempotency.HEADER, required = false) @Nullable String key) {
		return this.starter.start(caller, Idempotency.of(key, "exports " + caller.id(), "")).map(this::toAccepted);
	}

	@GetMapping(path = "/{id}", produces = MediaType.APPLICATION_NDJSON_VALUE)
	Mono<ResponseEntity<Flux<DataBuffer>>> download(@PathVariable String id, Caller caller) {
		return this.jobs.require(id, caller.id())
			.flatMap((job) -> requireSucceeded(job).then(this.exports.find(id)))
			.switchIfEmpty(Mono.error(() -> NotFound.of("export", id)))
			.map((export) -> toResponse(new ExportFile(export, this.json), caller.handle() + "-" + id));
	}

	/** The jobs of this service are of other kinds as well. */
	private static Mono<Void> requireSucceeded(Stored<Job> job) {
		JobState state = job.value().state();
		if (!job.value().kind().equals(ExportHandler.KIND)) {
			return Mono.error(NotFound.of("export", job.id()));
		}
		if (!state.isFinal()) {
			return Mono.error(new Conflict("export-not-ended",
					"The export is " + state + ". Its file can be read once its job has succeeded."));
		}
		return (state == JobState.SUCCEEDED) ? Mono.empty()
				: Mono.error(new NotFound("The export is " + state + " and has no file. Start another one."));
	}

	private ResponseEntity<JobView> toAccepted(Stored<Job> job) {
		return ResponseEntity.accepted()
			.location(URI.create("/api/v1/feed/jobs/" + job.id()))
			.body(JobView.of(job, this.json));
	}

	private ResponseEntity<Flux<DataBuffer>> toResponse(ExportFile file, String name) {
		String disposition = ContentDisposition.attachment().filename("agora-" + name + ".ndjson").build().toString();
		return ResponseEntity.ok()
			.contentLength(file.length())
			.cacheControl(CacheControl.noStore())
			.header(HttpHeaders.CONTENT_DISPOSITION, disposition)
			.body(file.read(this.chunks).map(DefaultDataBufferFactory.sharedInstance::wrap));
	}

}
