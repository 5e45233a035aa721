package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobError;
import dev.agora.platform.job.JobState;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class JobFailuresStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final TestRuns runs = new TestRuns(mongo.store());

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void aRefusalEndsTheJobWithItsReason() {
		Stored<Job> job = this.runs
			.runOnce((run) -> Mono.error(InvalidRequest.unprocessable("no-header", "file", "No header.")));
		assertThat(job.value().state()).isEqualTo(JobState.FAILED);
		assertThat(job.value().error()).isEqualTo(new JobError("no-header", "No header."));
	}

	@Test
	void aFailureIsRepeatedAFewTimesAndThenEndsTheJob() {
		Stored<Job> job = this.runs.submit("ada");
		TestHandler handler = new TestHandler((run) -> Mono.error(new IllegalStateException("planted")));
		for (int attempt = 0; attempt < 10; attempt++) {
			this.runs.run(handler);
			this.runs.clock().advance(Duration.ofHours(1));
		}
		assertThat(handler.runs()).hasSize(5);
		assertThat(this.runs.find(job).value().state()).isEqualTo(JobState.FAILED);
		assertThat(this.runs.find(job).value().error()).extracting(JobError::code).isEqualTo("internal-error");
	}

	@Test
	void aJobThatProgressesMayFailMoreOften() {
		Stored<Job> job = this.runs.submit("ada");
		TestHandler handler = new TestHandler((run) -> run.report(1, null, Map.of("row", run.job().version()))
			.then(Mono.error(new IllegalStateException("planted"))));
		for (int attempt = 0; attempt < 10; attempt++) {
			this.runs.run(handler);
			this.runs.clock().advance(Duration.ofHours(1));
		}
		assertThat(handler.runs()).hasSize(10);
		assertThat(this.runs.find(job).value().state()).isEqualTo(JobState.QUEUED);
	}

	@Test
	void aJobFailsAfterADayOfUnavailabilityHoweverLongItWaitedBefore() {
		Stored<Job> job = this.runs.submit("ada");
		this.runs.clock().advance(Duration.ofDays(3));
		TestHandler handler = new TestHandler(
				(run) -> Mono.error(new Unavailable("The bucket is unavailable.", Duration.ofSeconds(1))));
		this.runs.run(handler);
		this.runs.clock().advance(Duration.ofHours(23));
		this.runs.run(handler);
		assertThat(this.runs.find(job).value().state()).isEqualTo(JobState.QUEUED);
		this.runs.clock().advance(Duration.ofHours(2));
		this.runs.run(handler);
		assertThat(this.runs.find(job).value().state()).isEqualTo(JobState.FAILED);
	}

	@Test
	void theTimeOfUnavailabilityBeginsWithTheFirstRunThatFindsIt() {
		Stored<Job> job = this.runs.submit("ada");
		TestHandler handler = new TestHandler(
				(run) -> Mono.error(new Unavailable("The bucket is unavailable.", Duration.ofSeconds(1))));
		this.runs.run(handler);
		assertThat(this.runs.find(job).value().unavailableSince()).isEqualTo(this.runs.clock().instant());
	}

	@Test
	void aFailedJobWaitsBeforeItRunsAgain() {
		this.runs.submit("ada");
		TestHandler handler = new TestHandler((run) -> Mono.error(new IllegalStateException("planted")));
		this.runs.run(handler);
		this.runs.run(handler);
		assertThat(handler.runs()).hasSize(1);
	}

	@Test
	void aJobWaitsForAnUnavailableStoreLongerThanItsAttemptsLast() {
		Stored<Job> job = this.runs.submit("ada");
		TestHandler handler = new TestHandler(
				(run) -> Mono.error(new Unavailable("The bucket is unavailable.", Duration.ofSeconds(1))));
		for (int attempt = 0; attempt < 10; attempt++) {
			this.runs.run(handler);
			this.runs.clock().advance(Duration.ofSeconds(10));
		}
		assertThat(handler.runs()).hasSize(10);
		assertThat(this.runs.find(job).value().state()).isEqualTo(JobState.QUEUED);
	}

	@Test
	void aKindWithoutAHandlerWaitsWithoutHarmToOthers() {
		Stored<Job> unknown = Objects
			.requireNonNull(this.runs.jobs().submit("unknown", "ada", Map.of(), Optional.empty()).block());
		Stored<Job> job = this.runs.submit("bob");
		TestHandler handler = new TestHandler((run) -> Mono.empty());
		this.runs.run(handler);
		this.runs.run(handler);
		assertThat(this.runs.find(job).value().state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.runs.find(unknown).value()).extracting(Job::state, Job::attempts)
			.containsExactly(JobState.QUEUED, 0);
	}

}
