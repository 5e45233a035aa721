package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobError;
import dev.agora.platform.job.JobProgress;
import dev.agora.platform.job.JobReport;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.job.TestJobs;
import dev.agora.platform.testing.AdjustableClock;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class JobSweepStoreTests {

	private static final Duration LEASE = Duration.ofSeconds(10);

	private static final TestMongoServer mongo = new TestMongoServer();

	private final AdjustableClock clock = new AdjustableClock();

	private final AtomicLong nanoTime = new AtomicLong();

	private final DocumentStore store = mongo.store();

	private final TestJobs testJobs = new TestJobs(this.store, this.clock, Map.of());

	private final Jobs jobs = this.testJobs.jobs();

	private final JobChoice choice = new JobChoice(this.jobs, TestRuns.handlers(), 2, this.clock);

	private final JobSweep sweep = sweep();

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void queuesTheJobOfADeadWorkerAgainWhenItsLeaseHasEnded() {
		Stored<Job> job = claim();
		sweepAfter(Duration.ZERO);
		sweepAfter(LEASE.minusMillis(1));
		assertThat(find(job).value().state()).isEqualTo(JobState.RUNNING);
		sweepAfter(Duration.ofMillis(1));
		assertThat(find(job).value().state()).isEqualTo(JobState.QUEUED);
		assertThat(TestMongoServer.events(this.store, job.id())).containsExactly("job.queued", "job.queued");
	}

	@Test
	void aHeartbeatExtendsTheLease() {
		Stored<Job> job = claim();
		sweepAfter(Duration.ZERO);
		sweepAfter(LEASE.minusMillis(1));
		String run = Objects.requireNonNull(job.value().run());
		this.jobs.change(job.id(), (current) -> current.value().report(run, new JobReport(JobProgress.NONE, null)))
			.block();
		sweepAfter(LEASE.minusMillis(1));
		assertThat(find(job).value().state()).isEqualTo(JobState.RUNNING);
	}

	@Test
	void aJobWhoseWorkersDieAgainAndAgainFails() {
		Stored<Job> job = this.testJobs.submit("ada");
		for (int attempt = 0; attempt < 5; attempt++) {
			this.choice.claimNext().block();
			sweepAfter(Duration.ZERO);
			sweepAfter(LEASE);
		}
		assertThat(find(job).value().state()).isEqualTo(JobState.FAILED);
		assertThat(find(job).value().error()).extracting(JobError::code).isEqualTo("worker-lost");
	}

	@Test
	void publishesAJobAgainWhoseRecordWasLost() {
		Stored<Job> job = this.testJobs.submit("ada");
		send(job);
		sweepAfter(Duration.ZERO);
		assertThat(TestMongoServer.events(this.store, job.id())).isEmpty();
		this.clock.advance(Duration.ofMinutes(1));
		sweepAfter(Duration.ZERO);
		sweepAfter(Duration.ZERO);
		assertThat(TestMongoServer.events(this.store, job.id())).hasSize(1);
	}

	@Test
	void aWaitingJobCanBeCancelledHoweverLongTheBrokersAreUnavailable() {
		Stored<Job> job = this.testJobs.submit("ada");
		for (int minute = 0; minute < 120; minute++) {
			this.clock.advance(Duration.ofMinutes(1));
			sweepAfter(Duration.ZERO);
		}
		assertThat(TestMongoServer.events(this.store, job.id())).hasSize(1);
		assertThat(Objects.requireNonNull(this.jobs.cancel(job.id()).block()).value().state())
			.isEqualTo(JobState.CANCELLED);
	}

	@Test
	void publishesAFailedJobWhenItIsDue() {
		Stored<Job> job = claim();
		String run = Objects.requireNonNull(job.value().run());
		this.jobs
			.change(job.id(),
					(current) -> current.value()
						.retry(run, new JobError("x", "x"), this.clock.instant().plusSeconds(4)))
			.block();
		send(job);
		sweepAfter(Duration.ZERO);
		assertThat(TestMongoServer.events(this.store, job.id())).isEmpty();
		this.clock.advance(Duration.ofSeconds(4));
		sweepAfter(Duration.ZERO);
		assertThat(TestMongoServer.events(this.store, job.id())).hasSize(1);
	}

	/** Takes the events of a job out of its outbox, as the relay does. */
	private void send(Stored<Job> job) {
		this.store.outboxes().get(0).clear(List.of(Map.entry(job.id(), find(job).version()))).block();
	}

	private Stored<Job> claim() {
		this.testJobs.submit("ada");
		return Objects.requireNonNull(this.choice.claimNext().block());
	}

	private void sweepAfter(Duration time) {
		this.nanoTime.addAndGet(time.toNanos());
		this.sweep.sweep().block();
	}

	private Stored<Job> find(Stored<Job> job) {
		return Objects.requireNonNull(this.jobs.find(job.id()).block());
	}

	private JobSweep sweep() {
		JobFailures failures = new JobFailures(this.jobs, TestJobs.settings(Map.of()).worker(), this.clock);
		return new JobSweep(this.jobs, failures, this.store.lease("sweep"),
				new JobSweep.Timing(LEASE, this.clock, this.nanoTime::get));
	}

}
