package dev.agora.platform.job.web;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.document.Stored;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/** Shows, lists and cancels the jobs of the caller. */
@RestController
@RequestMapping(path = "/${agora.jobs.path}/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
public final class JobController {

	private final Jobs jobs;

	private final JsonMapper json;

	JobController(Jobs jobs, JsonMapper json) {
		this.jobs = jobs;
		this.json = json;
	}

	@GetMapping("/{id}")
	Mono<ResponseEntity<JobView>> show(@PathVariable String id, Caller caller) {
		return this.jobs.require(id, caller.id()).map(this::toResponse);
	}

	@GetMapping
	Mono<Page<JobView>> list(@RequestParam MultiValueMap<String, String> parameters, PageRequest page, Caller caller) {
		return this.jobs.list(JobQuery.parse(parameters).ownedBy(caller.id()), page)
			.map((found) -> found.map((job) -> JobView.of(job, this.json)));
	}

	@DeleteMapping("/{id}")
	Mono<ResponseEntity<JobView>> cancel(@PathVariable String id, Caller caller) {
		return this.jobs.require(id, caller.id()).flatMap((job) -> this.jobs.cancel(job.id())).map(this::toResponse);
	}

	private ResponseEntity<JobView> toResponse(Stored<Job> job) {
		return ResponseEntity.ok().eTag("\"" + JobTag.of(job) + "\"").body(JobView.of(job, this.json));
	}

}
