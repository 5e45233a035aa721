package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.JobSettings;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;

/**
 * Runs a claimed job to its end, until it is cancelled or taken over, or until this
 * instance stops.
 */
final class JobExecution implements MeterBinder {

	private static final Logger log = LoggerFactory.getLogger(JobExecution.class);

	private static final Duration GIVE_WAY_PAUSE = Duration.ofSeconds(2);

	private final Jobs jobs;

	private final JobHandlers handlers;

	private final JobChoice choice;

	private final JobFailures failures;

	private final JobSettings.Worker settings;

	private final Jobs.Environment environment;

	private final Sinks.Empty<Void> stop = Sinks.empty();

	private final JobRunMeters meters;

	JobExecution(Jobs jobs, JobHandlers handlers, JobChoice choice, JobSettings.Worker settings,
			Jobs.Environment environment) {
		this.jobs = jobs;
		this.handlers = handlers;
		this.choice = choice;
		this.failures = new JobFailures(jobs, settings, environment.clock());
		this.settings = settings;
		this.environment = environment;
		this.meters = new JobRunMeters(handlers.kinds(), settings.slots());
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		this.meters.bindTo(meters);
	}

	/** Queues the running jobs again, so that other instances run them at once. */
	void stop() {
		this.stop.tryEmitEmpty();
	}

	/** Runs a job that was claimed. Completes when its next state is stored. */
	Mono<Void> run(Stored<Job> job) {
		String runId = Objects.requireNonNull(job.value().run(), "The job was not claimed.");
		JobRun run = new JobRun(job, this.environment.json());
		JobHeartbeat heartbeat = new JobHeartbeat(this.jobs, run, runId, this.settings.lease());
		Mono<JobDecision> lost = heartbeat.untilLost(this.settings.reportInterval()).thenReturn(Change::none);
		Mono<JobDecision> stopped = this.stop.asMono().thenReturn(release(runId));
		return Mono.firstWithSignal(work(run, runId), lost, stopped, untilOthersWait(run).thenReturn(giveWay(runId)))
			.doOnNext((decision) -> run.end())
			.flatMap((decision) -> store(run, decision))
			.doFirst(this.meters::started)
			.doFinally((signal) -> this.meters.ended());
	}

	private Mono<JobDecision> work(JobRun run, String runId) {
		return Mono.defer(() -> this.handlers.run(run))
			.subscribeOn(Schedulers.boundedElastic())
			.map((result) -> Optional.of(this.environment.json().writeValueAsString(result)))
			.defaultIfEmpty(Optional.empty())
			.map((result) -> succeed(runId, result.orElse(null)))
			.onErrorResume((failure) -> Mono.just(this.failures.decide(run, runId, failure)));
	}

	/**
	 * Completes when the run has had its time, the job of another owner waits, and the
	 * run has just reached a checkpoint, so that no work is lost.
	 */
	private Mono<Boolean> untilOthersWait(JobRun run) {
		return Mono.defer(() -> untilNextCheckpoint(run))
			.then(Mono.defer(() -> this.choice.prefersAnother(run.owner())))
			.onErrorReturn(false)
			.delaySubscription(this.settings.slice())
			.repeat()
			.filter(Boolean::booleanValue)
			.next();
	}

	private Mono<Long> untilNextCheckpoint(JobRun run) {
		String last = run.latest().checkpoint();
		return Flux.interval(this.settings.reportInterval())
			.onBackpressureDrop()
			.filter((tick) -> !Objects.equals(run.latest().checkpoint(), last))
			.next();
	}

	private JobDecision succeed(String runId, @Nullable String result) {
		return (job) -> job.succeed(runId, result, this.jobs.retention());
	}

	/**
	 * The pause lets the slots choose the job of the other owner, even if it is newer.
	 */
	private JobDecision giveWay(String runId) {
		return (job) -> job.giveWay(runId, this.environment.clock().instant().plus(GIVE_WAY_PAUSE));
	}

	private JobDecision release(String runId) {
		return (job) -> job.requeue(runId, false, this.environment.clock().instant());
	}

	/**
	 * Stores the last report and the next state of the job. If the database is not
	 * available for longer than the lease, another worker runs the job again.
	 */
	private Mono<Void> store(JobRun run, JobDecision decision) {
		return this.jobs.change(run.id(), (job) -> decision.apply(job.value().with(run.latest())))
			.doOnNext((job) -> this.meters.count(job.value().kind(), job.value().state()))
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
				.maxBackoff(Duration.ofSeconds(2))
				.filter(Unavailable.class::isInstance))
			.timeout(this.settings.lease())
			.onErrorResume(NotFound.class, (removed) -> Mono.empty())
			.doOnError((failure) -> log.warn("The end of job {} could not be stored: {}", run.id(), failure.toString()))
			.onErrorComplete()
			.then();
	}

}
