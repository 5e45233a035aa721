package dev.agora.platform.job.web;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * Lets an operator list, show and cancel the jobs of all owners, on the management port
 * only.
 */
@Endpoint(id = "jobs")
public final class JobsEndpoint {

	private final Jobs jobs;

	private final JsonMapper json;

	public JobsEndpoint(Jobs jobs, JsonMapper json) {
		this.jobs = jobs;
		this.json = json;
	}

	/** Lists the newest jobs. */
	@ReadOperation
	public Mono<Page<JobDetails>> list(@Nullable String state, @Nullable String owner) {
		return Mono.fromSupplier(() -> query(state, owner))
			.flatMap((query) -> this.jobs.list(query, new PageRequest(PageRequest.MAX_LIMIT, null)))
			.map((page) -> page.map((job) -> JobDetails.of(job, this.json)));
	}

	/** Shows a job. */
	@ReadOperation
	public Mono<JobDetails> show(@Selector String id) {
		return this.jobs.find(id).map((job) -> JobDetails.of(job, this.json));
	}

	/** Cancels a job. */
	@DeleteOperation
	public Mono<JobDetails> cancel(@Selector String id) {
		return this.jobs.cancel(id)
			.onErrorResume(NotFound.class, (missing) -> Mono.empty())
			.map((job) -> JobDetails.of(job, this.json));
	}

	private static JobQuery query(@Nullable String state, @Nullable String owner) {
		try {
			return new JobQuery(owner, JobQuery.state(state));
		}
		catch (InvalidRequest ex) {
			throw new InvalidEndpointRequestException(ex.detail(), "The state " + ex.errors().get(0).message());
		}
	}

}
