package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.JobState;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class JobExecutionGiveWayStoreTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final Map<String, String> SLICE = Map.of("agora.jobs.worker.slice", "50ms",
			"agora.jobs.worker.report-interval", "10ms");

	/** Long enough for many slices. */
	private static final int ROWS = 100;

	private final TestRuns runs = new TestRuns(mongo.store());

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void aLongRunLetsTheJobOfAnotherOwnerGoFirst() {
		Stored<Job> job = this.runs.submit("ada");
		Stored<Job> other = this.runs.submit("bob");
		Disposable running = this.runs.start((run) -> rows(run, Integer.MAX_VALUE), SLICE);
		this.runs.awaitState(job, JobState.QUEUED);
		Awaitility.await("the run ends").atMost(LIMIT).until(running::isDisposed);
		assertThat(this.runs.find(job).value().attempts()).isZero();
		assertThat(this.runs.find(job).value().checkpoint()).isNotNull();
		assertThat(claimed()).as("the slot does not choose the older job again").isEqualTo(other.id());
		this.runs.clock().advance(Duration.ofSeconds(2));
		assertThat(claimed()).isEqualTo(job.id());
	}

	@Test
	void aLongRunContinuesWhileTheOwnerOfTheJobThatWaitsHasUsedUpTheShare() {
		this.runs.submit("bob");
		this.runs.submit("bob");
		claimed();
		claimed();
		this.runs.submit("bob");
		Stored<Job> job = this.runs.submit("ada");
		Disposable running = this.runs.start((run) -> rows(run, ROWS), SLICE);
		Awaitility.await("the run ends").atMost(LIMIT).until(running::isDisposed);
		assertThat(this.runs.find(job).value().state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aLongRunContinuesWhileItReachesNoFurtherCheckpoint() {
		AtomicBoolean end = new AtomicBoolean();
		Stored<Job> job = this.runs.submit("ada");
		this.runs.submit("bob");
		Disposable running = this.runs
			.start((run) -> run.report(1, null, Map.of("row", 1)).then(TestRuns.untilTrue(end)), SLICE);
		Awaitility.await("the checkpoint is stored").until(() -> this.runs.find(job).value().checkpoint() != null);
		Mono.delay(Duration.ofMillis(ROWS * 5)).block();
		end.set(true);
		Awaitility.await("the run ends").atMost(LIMIT).until(running::isDisposed);
		assertThat(this.runs.find(job).value().state()).isEqualTo(JobState.SUCCEEDED);
	}

	private String claimed() {
		return Objects.requireNonNull(this.runs.choice().claimNext().block()).id();
	}

	private static Mono<Void> rows(JobRun run, int count) {
		return Flux.range(1, count)
			.delayElements(Duration.ofMillis(5))
			.concatMap((row) -> run.report(row, null, Map.of("row", row)))
			.then();
	}

}
