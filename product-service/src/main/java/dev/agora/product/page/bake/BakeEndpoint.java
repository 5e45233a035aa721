package dev.agora.product.page.bake;

import java.util.Map;
import java.util.Optional;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.web.PageRequest;

/**
 * Lets an operator or a schedule start the job that builds all pages, on the management
 * port.
 */
@Endpoint(id = "bake")
public final class BakeEndpoint {

	private static final PageRequest FIRST = new PageRequest(1, null);

	private final Jobs jobs;

	public BakeEndpoint(Jobs jobs) {
		this.jobs = jobs;
	}

	/** Starts the job, or returns the one that waits or runs. */
	@WriteOperation
	public Mono<StartedJobView> start() {
		return Flux.just(JobState.QUEUED, JobState.RUNNING)
			.concatMap((state) -> this.jobs.list(new JobQuery(BakeJob.KIND, state), FIRST))
			.flatMapIterable((page) -> page.items())
			.next()
			.switchIfEmpty(Mono.defer(() -> this.jobs.submit(BakeJob.KIND, BakeJob.KIND, Map.of(), Optional.empty())))
			.map(StartedJobView::of);
	}

	/**
	 * The response: the job, whose progress the endpoint {@code jobs} shows.
	 *
	 * @param id the id of the job
	 * @param state its state
	 */
	public record StartedJobView(String id, JobState state) {

		static StartedJobView of(Stored<Job> job) {
			return new StartedJobView(job.id(), job.value().state());
		}

	}

}
