package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobAborted;
import dev.agora.platform.job.JobError;
import dev.agora.platform.job.JobProgress;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.JobSettings;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.job.TestJobs;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.AdjustableClock;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class JobExecutionStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final AdjustableClock clock = new AdjustableClock();

	private final DocumentStore store = mongo.store();

	private final TestJobs testJobs = new TestJobs(this.store, this.clock, Map.of());

	private final Jobs jobs = this.testJobs.jobs();

	private final JobChoice choice = new JobChoice(this.jobs, 2, this.clock);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void storesTheResultOfAJob() {
		Stored<Job> job = runOnce((run) -> Mono.just(Map.of("rows", 3)));
		assertThat(job.value().state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(job.value().result()).isEqualTo("{\"rows\":3}");
		assertThat(job.value().finishedAt()).isEqualTo(this.clock.instant());
	}

	@Test
	void aHandlerWithoutAResultSucceeds() {
		assertThat(runOnce((run) -> Mono.empty()).value().state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void theLastReportIsStoredWithTheEnd() {
		Stored<Job> job = runOnce((run) -> run.report(7, 7L, null));
		assertThat(job.value().progress()).isEqualTo(new JobProgress(7, 7L));
	}

	@Test
	void progressIsStoredWhileTheJobRuns() {
		AtomicBoolean end = new AtomicBoolean();
		Stored<Job> job = this.testJobs.submit("ada");
		Disposable running = start((run) -> Flux.range(1, 1000)
			.concatMap((row) -> run.report(row, null, Map.of("row", row)).delaySubscription(Duration.ofMillis(2)))
			.then(Mono.defer(() -> untilTrue(end))));
		Awaitility.await("all rows are reported").until(() -> find(job).value().progress().done() == 1000);
		assertThat(find(job).value().state()).isEqualTo(JobState.RUNNING);
		assertThat(find(job).version()).as("progress is stored a few times a second").isLessThan(200);
		end.set(true);
		awaitState(job, JobState.SUCCEEDED);
		running.dispose();
	}

	@Test
	void anotherRunResumesFromTheCheckpoint() {
		List<Integer> rows = new CopyOnWriteArrayList<>();
		Stored<Job> job = this.testJobs.submit("ada");
		Function<JobRun, Mono<?>> work = (run) -> Flux.range(run.checkpoint(Integer.class).orElse(0), 4)
			.takeWhile((row) -> row < 4)
			.concatMap((row) -> run.report(row, 4L, row + 1).doOnSuccess((reported) -> rows.add(row)))
			.then((run.attempt() == 1) ? Mono.error(new IllegalStateException("planted")) : Mono.just(Map.of()));
		run(work);
		this.clock.advance(Duration.ofSeconds(1));
		run(work);
		assertThat(find(job).value().state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(rows).containsExactly(0, 1, 2, 3);
	}

	@Test
	void aRefusalEndsTheJobWithItsReason() {
		Stored<Job> job = runOnce((run) -> Mono.error(InvalidRequest.unprocessable("no-header", "file", "No header.")));
		assertThat(job.value().state()).isEqualTo(JobState.FAILED);
		assertThat(job.value().error()).isEqualTo(new JobError("no-header", "No header."));
	}

	@Test
	void aFailureIsRepeatedAFewTimesAndThenEndsTheJob() {
		Stored<Job> job = this.testJobs.submit("ada");
		TestHandler handler = new TestHandler((run) -> Mono.error(new IllegalStateException("planted")));
		for (int attempt = 0; attempt < 10; attempt++) {
			run(handler);
			this.clock.advance(Duration.ofHours(1));
		}
		assertThat(handler.runs()).hasSize(5);
		assertThat(find(job).value().state()).isEqualTo(JobState.FAILED);
		assertThat(find(job).value().error()).extracting(JobError::code).isEqualTo("internal-error");
	}

	@Test
	void aFailedJobWaitsBeforeItRunsAgain() {
		this.testJobs.submit("ada");
		TestHandler handler = new TestHandler((run) -> Mono.error(new IllegalStateException("planted")));
		run(handler);
		run(handler);
		assertThat(handler.runs()).hasSize(1);
	}

	@Test
	void aJobWaitsForAnUnavailableStoreLongerThanItsAttemptsLast() {
		Stored<Job> job = this.testJobs.submit("ada");
		TestHandler handler = new TestHandler(
				(run) -> Mono.error(new Unavailable("The bucket is unavailable.", Duration.ofSeconds(1))));
		for (int attempt = 0; attempt < 10; attempt++) {
			run(handler);
			this.clock.advance(Duration.ofSeconds(10));
		}
		assertThat(handler.runs()).hasSize(10);
		assertThat(find(job).value().state()).isEqualTo(JobState.QUEUED);
	}

	@Test
	void aKindWithoutAHandlerFailsWithoutHarmToOthers() {
		this.jobs.submit("unknown", "ada", Map.of(), Optional.empty()).block();
		Stored<Job> job = this.testJobs.submit("bob");
		TestHandler handler = new TestHandler((run) -> Mono.empty());
		run(handler);
		run(handler);
		assertThat(find(job).value().state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aCancelledJobStopsWithinTwoSeconds() {
		AtomicReference<String> ended = new AtomicReference<>("runs");
		Stored<Job> job = this.testJobs.submit("ada");
		start((run) -> Mono.never().doOnCancel(() -> ended.set("cancelled")));
		awaitState(job, JobState.RUNNING);
		this.jobs.cancel(job.id()).block();
		Awaitility.await("the handler is cancelled")
			.atMost(Duration.ofSeconds(20))
			.until(() -> ended.get().equals("cancelled"));
		assertThat(find(job).value().state()).isEqualTo(JobState.CANCELLED);
	}

	@Test
	void aRunEndsWithItsLeaseWhenTheDatabaseDoesNotRespond() {
		AtomicReference<String> ended = new AtomicReference<>("runs");
		Stored<Job> job = this.testJobs.submit("ada");
		Disposable running = start((run) -> Mono.never().doOnCancel(() -> ended.set("cancelled")),
				Map.of("agora.jobs.worker.lease", "500ms", "agora.jobs.worker.report-interval", "50ms"));
		awaitState(job, JobState.RUNNING);
		mongo.delayNext("find", "jobs", Duration.ofSeconds(5));
		Awaitility.await("the handler is cancelled")
			.atMost(Duration.ofSeconds(60))
			.until(() -> ended.get().equals("cancelled"));
		running.dispose();
	}

	@Test
	void reportsFailOnceTheJobWasCancelled() {
		AtomicReference<JobRun> handlersRun = new AtomicReference<>();
		Stored<Job> job = this.testJobs.submit("ada");
		Disposable running = start((run) -> Mono.never().doOnSubscribe((begun) -> handlersRun.set(run)));
		awaitState(job, JobState.RUNNING);
		this.jobs.cancel(job.id()).block();
		Awaitility.await("the run ends").until(running::isDisposed);
		StepVerifier.create(Objects.requireNonNull(handlersRun.get()).report(1, null, null))
			.verifyError(JobAborted.class);
	}

	@Test
	void anInstanceThatStopsQueuesItsJobsAgainWithoutCountingAnAttempt() {
		Stored<Job> job = this.testJobs.submit("ada");
		JobExecution execution = execution(new TestHandler((run) -> Mono.never()));
		Disposable running = this.choice.claimNext().flatMap(execution::run).subscribe();
		awaitState(job, JobState.RUNNING);
		execution.stop();
		awaitState(job, JobState.QUEUED);
		assertThat(find(job).value().attempts()).isZero();
		assertThat(TestMongoServer.events(this.store, job.id())).containsExactly("job.queued", "job.queued");
		running.dispose();
	}

	private Stored<Job> runOnce(Function<JobRun, Mono<?>> work) {
		Stored<Job> job = this.testJobs.submit("ada");
		run(work);
		return find(job);
	}

	private void run(Function<JobRun, Mono<?>> work) {
		run(new TestHandler(work));
	}

	private void run(TestHandler handler) {
		JobExecution execution = execution(handler);
		this.choice.claimNext().flatMap(execution::run).block();
	}

	private Disposable start(Function<JobRun, Mono<?>> work) {
		return start(work, Map.of("agora.jobs.worker.report-interval", "50ms"));
	}

	private Disposable start(Function<JobRun, Mono<?>> work, Map<String, String> settings) {
		JobExecution execution = execution(new TestHandler(work), settings);
		return this.choice.claimNext().flatMap(execution::run).subscribe();
	}

	private JobExecution execution(TestHandler handler) {
		return execution(handler, Map.of("agora.jobs.worker.report-interval", "50ms"));
	}

	private JobExecution execution(TestHandler handler, Map<String, String> settings) {
		JobSettings.Worker worker = TestJobs.settings(settings).worker();
		return new JobExecution(this.jobs, new JobHandlers(List.of(handler)), worker, TestJobs.environment(this.clock));
	}

	private static Mono<Map<String, Integer>> untilTrue(AtomicBoolean end) {
		return Mono.fromSupplier(end::get)
			.filter(Boolean::booleanValue)
			.repeatWhenEmpty((tries) -> tries.delayElements(Duration.ofMillis(10)))
			.map((ended) -> Map.of("rows", 1000));
	}

	private void awaitState(Stored<Job> job, JobState state) {
		Awaitility.await("the job is " + state)
			.atMost(Duration.ofSeconds(60))
			.until(() -> find(job).value().state() == state);
	}

	private Stored<Job> find(Stored<Job> job) {
		return Objects.requireNonNull(this.jobs.find(job.id()).block());
	}

}
