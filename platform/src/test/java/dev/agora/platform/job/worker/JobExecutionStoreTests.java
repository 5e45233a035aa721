package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobAborted;
import dev.agora.platform.job.JobProgress;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.JobState;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class JobExecutionStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final TestRuns runs = new TestRuns(mongo.store());

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void storesTheResultOfAJob() {
		Stored<Job> job = this.runs.runOnce((run) -> Mono.just(Map.of("rows", 3)));
		assertThat(job.value().state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(job.value().result()).isEqualTo("{\"rows\":3}");
		assertThat(job.value().finishedAt()).isEqualTo(this.runs.clock().instant());
	}

	@Test
	void aHandlerWithoutAResultSucceeds() {
		assertThat(this.runs.runOnce((run) -> Mono.empty()).value().state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void theLastReportIsStoredWithTheEnd() {
		Stored<Job> job = this.runs.runOnce((run) -> run.report(7, 7L, null));
		assertThat(job.value().progress()).isEqualTo(new JobProgress(7, 7L));
	}

	@Test
	void progressIsStoredWhileTheJobRuns() {
		AtomicBoolean end = new AtomicBoolean();
		Stored<Job> job = this.runs.submit("ada");
		Disposable running = this.runs.start((run) -> Flux.range(1, 1000)
			.concatMap((row) -> run.report(row, null, Map.of("row", row)))
			.then(Mono.defer(() -> TestRuns.untilTrue(end))));
		Awaitility.await("all rows are reported").until(() -> this.runs.find(job).value().progress().done() == 1000);
		assertThat(this.runs.find(job).value().state()).isEqualTo(JobState.RUNNING);
		assertThat(this.runs.find(job).version()).as("not each report is a write").isLessThan(500);
		end.set(true);
		this.runs.awaitState(job, JobState.SUCCEEDED);
		running.dispose();
	}

	@Test
	void anotherRunResumesFromTheCheckpoint() {
		List<Integer> rows = new CopyOnWriteArrayList<>();
		Stored<Job> job = this.runs.submit("ada");
		Function<JobRun, Mono<?>> work = (run) -> Flux.range(run.checkpoint(Integer.class).orElse(0), 4)
			.takeWhile((row) -> row < 4)
			.concatMap((row) -> run.report(row, 4L, row + 1).doOnSuccess((reported) -> rows.add(row)))
			.then(run.checkpoint(Integer.class).isEmpty() ? Mono.error(new IllegalStateException("planted"))
					: Mono.just(Map.of()));
		this.runs.run(work);
		this.runs.clock().advance(Duration.ofSeconds(1));
		this.runs.run(work);
		assertThat(this.runs.find(job).value().state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(rows).containsExactly(0, 1, 2, 3);
	}

	@Test
	void aJobThatIsCancelledOrFailsKeepsItsResultSoFar() {
		Map<String, Object> checkpoint = Map.of("result", Map.of("created", 3));
		Stored<Job> failed = this.runs.runOnce((run) -> run.report(1, 2L, checkpoint)
			.then(Mono.error(InvalidRequest.unprocessable("unreadable-file", "body", "No."))));
		assertThat(failed.value().state()).isEqualTo(JobState.FAILED);
		assertThat(failed.value().result()).isEqualTo("{\"created\":3}");
		Stored<Job> job = this.runs.submit("ada");
		Disposable running = this.runs.start((run) -> run.report(1, 2L, checkpoint).then(Mono.never()));
		Awaitility.await("the checkpoint is stored").until(() -> this.runs.find(job).value().checkpoint() != null);
		assertThat(Objects.requireNonNull(this.runs.jobs().cancel(job.id()).block()).value().result())
			.isEqualTo("{\"created\":3}");
		running.dispose();
	}

	@Test
	void aCancelledJobStops() {
		AtomicReference<String> ended = new AtomicReference<>("runs");
		Stored<Job> job = this.runs.submit("ada");
		this.runs.start((run) -> Mono.never().doOnCancel(() -> ended.set("cancelled")));
		this.runs.awaitState(job, JobState.RUNNING);
		this.runs.jobs().cancel(job.id()).block();
		Awaitility.await("the handler is cancelled")
			.atMost(Duration.ofSeconds(20))
			.until(() -> ended.get().equals("cancelled"));
		assertThat(this.runs.find(job).value().state()).isEqualTo(JobState.CANCELLED);
	}

	@Test
	void aRunEndsWithItsLeaseWhenTheDatabaseDoesNotRespond() {
		AtomicReference<String> ended = new AtomicReference<>("runs");
		Stored<Job> job = this.runs.submit("ada");
		Disposable running = this.runs.start((run) -> Mono.never().doOnCancel(() -> ended.set("cancelled")),
				Map.of("agora.jobs.worker.lease", "500ms", "agora.jobs.worker.report-interval", "50ms"));
		this.runs.awaitState(job, JobState.RUNNING);
		mongo.delayNext("find", "jobs", Duration.ofSeconds(5));
		Awaitility.await("the handler is cancelled")
			.atMost(Duration.ofSeconds(60))
			.until(() -> ended.get().equals("cancelled"));
		running.dispose();
	}

	@Test
	void reportsFailOnceTheJobWasCancelled() {
		AtomicReference<JobRun> handlersRun = new AtomicReference<>();
		Stored<Job> job = this.runs.submit("ada");
		Disposable running = this.runs.start((run) -> Mono.never().doOnSubscribe((begun) -> handlersRun.set(run)));
		this.runs.awaitState(job, JobState.RUNNING);
		this.runs.jobs().cancel(job.id()).block();
		Awaitility.await("the run ends").until(running::isDisposed);
		StepVerifier.create(Objects.requireNonNull(handlersRun.get()).report(1, null, null))
			.verifyError(JobAborted.class);
	}

	@Test
	void anInstanceThatStopsQueuesItsJobsAgainWithoutCountingAnAttempt() {
		Stored<Job> job = this.runs.submit("ada");
		JobExecution execution = this.runs.execution(new TestHandler((run) -> Mono.never()));
		Disposable running = this.runs.choice().claimNext().flatMap(execution::run).subscribe();
		this.runs.awaitState(job, JobState.RUNNING);
		execution.stop();
		this.runs.awaitState(job, JobState.QUEUED);
		assertThat(this.runs.find(job).value().attempts()).isZero();
		assertThat(TestMongoServer.events(this.runs.store(), job.id())).containsExactly("job.queued", "job.queued");
		running.dispose();
	}

}
