package dev.agora.product.page.bake;

import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.web.Idempotency;
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
		return this.jobs.list(new JobQuery(BakeJob.KIND, null), FIRST)
			.flatMap((page) -> Mono.justOrEmpty(page.items().stream().findFirst()))
			.flatMap((newest) -> newest.value().state().isFinal() ? startAfter(newest.id()) : Mono.just(newest))
			.switchIfEmpty(Mono.defer(() -> startAfter("none")))
			.map(StartedJobView::of);
	}

	/**
	 * Starts the job that follows another one. It has one successor, however many
	 * requests start it at the same time.
	 */
	private Mono<Stored<Job>> startAfter(String job) {
		Map<String, Object> parameters = Map.of();
		return this.jobs.submit(BakeJob.KIND, BakeJob.KIND, parameters, Idempotency.of(job, BakeJob.KIND, parameters))
			.flatMap((next) -> next.value().state().isFinal() ? startAfter(next.id()) : Mono.just(next));
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
