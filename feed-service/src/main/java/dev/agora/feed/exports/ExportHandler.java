package dev.agora.feed.exports;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * Requests the parts of an export, and waits for them. After a while it gives its slot to
 * other jobs and is repeated, so that exports that wait for a service which is down stop
 * no others.
 */
public final class ExportHandler implements JobHandler {

	/** The kind of the job. */
	public static final String KIND = "export-data";

	private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

	private static final int FIRST_CHECKS = 40;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

	private final Jobs jobs;

	private final Exports exports;

	private final Clock clock;

	public ExportHandler(Jobs jobs, Exports exports, Clock clock) {
		this.jobs = jobs;
		this.exports = exports;
		this.clock = clock;
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public Mono<ExportResult> run(JobRun run) {
		return requireFirst(run).then(Mono.defer(() -> this.exports.request(run.id(), run.owner())))
			.then(Mono.defer(() -> awaitParts(run)))
			.map((export) -> ExportResult.of(run.id(), export.value()));
	}

	/** Finds the jobs of a member that wait or run and are exports. */
	Flux<String> findOpen(String member) {
		return Flux.just(JobState.QUEUED, JobState.RUNNING)
			.concatMap((state) -> this.jobs.list(new JobQuery(member, state),
					new PageRequest(PageRequest.MAX_LIMIT, null)))
			.concatMapIterable(Page::items)
			.filter((job) -> job.value().kind().equals(KIND))
			.map(Stored::id);
	}

	/**
	 * Two requests of the same instant may both start an export. The later one fails.
	 */
	private Mono<Void> requireFirst(JobRun run) {
		return findOpen(run.owner()).filter((id) -> id.compareTo(run.id()) < 0)
			.next()
			.flatMap((earlier) -> Mono.error(running(earlier)));
	}

	/** Returns the refusal of an export beside another one of the same member. */
	static Conflict running(String other) {
		return new Conflict("export-running",
				"Your export " + other + " has not ended. Wait for it or cancel it, then start another one.");
	}

	/**
	 * A job that has waited before checks once, so that it does not keep others from
	 * running.
	 */
	private Mono<Stored<Export>> awaitParts(JobRun run) {
		int checks = (run.job().value().unavailableSince() == null) ? FIRST_CHECKS : 1;
		return Flux.interval(Duration.ZERO, CHECK_INTERVAL)
			.onBackpressureDrop()
			.take(checks)
			.concatMap((check) -> this.exports.find(run.id()), 1)
			.delayUntil((export) -> report(run, export.value()))
			.takeUntil((export) -> export.value().missing().isEmpty())
			.takeLast(1)
			.next()
			.switchIfEmpty(Mono.error(() -> NotFound.of("export", run.id())))
			.flatMap(this::requireComplete);
	}

	private static Mono<Void> report(JobRun run, Export export) {
		return run.report(export.parts().size(), (long) export.services().size(), null);
	}

	private Mono<Stored<Export>> requireComplete(Stored<Export> export) {
		return export.value().missing().isEmpty() ? Mono.just(export) : Mono.error(toFailure(export.value()));
	}

	private RuntimeException toFailure(Export export) {
		List<String> missing = export.missing();
		boolean over = !this.clock.instant().isBefore(export.until());
		String detail = "The part of " + String.join(", ", missing) + " has not arrived";
		return over ? new Conflict("export-incomplete", detail + " in time. Start another export later.")
				: new Unavailable(detail + " yet.", RETRY_AFTER);
	}

}
