package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.awaitility.Awaitility;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.JobSettings;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.job.TestJobs;
import dev.agora.platform.testing.AdjustableClock;

/** Claims and runs jobs with the handlers of a test. */
final class TestRuns {

	private static final Map<String, String> SETTINGS = Map.of("agora.jobs.worker.report-interval", "50ms");

	private final AdjustableClock clock = new AdjustableClock();

	private final DocumentStore store;

	private final TestJobs testJobs;

	private final JobChoice choice;

	TestRuns(DocumentStore store) {
		this.store = store;
		this.testJobs = new TestJobs(store, this.clock, Map.of());
		this.choice = new JobChoice(jobs(), handlers(), 2, this.clock);
	}

	/** The handlers of an instance that can run the jobs of the tests. */
	static JobHandlers handlers() {
		return new JobHandlers(List.of(new TestHandler((run) -> Mono.empty())));
	}

	AdjustableClock clock() {
		return this.clock;
	}

	DocumentStore store() {
		return this.store;
	}

	Jobs jobs() {
		return this.testJobs.jobs();
	}

	JobChoice choice() {
		return this.choice;
	}

	Stored<Job> submit(String owner) {
		return this.testJobs.submit(owner);
	}

	/** Submits a job, runs it and returns it afterwards. */
	Stored<Job> runOnce(Function<JobRun, Mono<?>> work) {
		Stored<Job> job = submit("ada");
		run(work);
		return find(job);
	}

	/** Runs the next job, if there is one. */
	void run(Function<JobRun, Mono<?>> work) {
		run(new TestHandler(work));
	}

	void run(TestHandler handler) {
		JobExecution execution = execution(handler, SETTINGS);
		this.choice.claimNext().flatMap(execution::run).block();
	}

	/** Starts to run the next job. */
	Disposable start(Function<JobRun, Mono<?>> work) {
		return start(work, SETTINGS);
	}

	Disposable start(Function<JobRun, Mono<?>> work, Map<String, String> settings) {
		JobExecution execution = execution(new TestHandler(work), settings);
		return this.choice.claimNext().flatMap(execution::run).subscribe();
	}

	JobExecution execution(TestHandler handler) {
		return execution(handler, SETTINGS);
	}

	private JobExecution execution(TestHandler handler, Map<String, String> settings) {
		JobSettings.Worker worker = TestJobs.settings(settings).worker();
		return new JobExecution(jobs(), new JobHandlers(List.of(handler)), this.choice, worker,
				TestJobs.environment(this.clock));
	}

	static Mono<Map<String, Integer>> untilTrue(AtomicBoolean end) {
		return Mono.fromSupplier(end::get)
			.filter(Boolean::booleanValue)
			.repeatWhenEmpty((tries) -> tries.delayElements(Duration.ofMillis(10)))
			.map((ended) -> Map.of("rows", 1000));
	}

	void awaitState(Stored<Job> job, JobState state) {
		Awaitility.await("the job is " + state)
			.atMost(Duration.ofSeconds(60))
			.until(() -> find(job).value().state() == state);
	}

	Stored<Job> find(Stored<Job> job) {
		return Objects.requireNonNull(jobs().find(job.id()).block());
	}

}
