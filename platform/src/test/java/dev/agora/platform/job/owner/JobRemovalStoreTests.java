package dev.agora.platform.job.owner;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobError;
import dev.agora.platform.job.JobProgress;
import dev.agora.platform.job.JobReport;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.job.TestJobs;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class JobRemovalStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final Clock clock = Clock.systemUTC();

	private final DocumentStore store = mongo.store();

	private final TestJobs testJobs = new TestJobs(this.store, this.clock, Map.of());

	private final Jobs jobs = this.testJobs.jobs();

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void theJobsOfADeletedMemberEndAndKeepNothing() {
		Stored<Job> ended = claimed("ended");
		change(ended, (job) -> job.fail("ended", new JobError("broken", "Row 1: Ada's book."), this.jobs.retention()));
		Stored<Job> running = claimed("running");
		change(running, (job) -> job.report("running", new JobReport(JobProgress.NONE, "{\"result\":\"Ada's book\"}")));
		Stored<Job> queued = this.testJobs.submit("ada");
		Stored<Job> other = this.testJobs.submit("bob");
		JobRemoval removal = new JobRemoval(this.jobs);
		removal.removeAllOf("ada").block();
		removal.removeAllOf("ada").block();
		assertThat(Stream.of(ended, running, queued).map(this::read)).allSatisfy((job) -> {
			assertThat(job.state().isFinal()).isTrue();
			assertThat(job.result()).isNull();
			assertThat(job.error()).isNull();
			assertThat(job.checkpoint()).isNull();
			assertThat(job.expiresAt()).isBefore(this.clock.instant().plus(Duration.ofDays(2)));
		});
		assertThat(change(queued, (job) -> job.claim("late", this.clock.instant())).state())
			.isEqualTo(JobState.CANCELLED);
		assertThat(TestMongoServer.events(this.store, running.id())).containsExactly("job.queued", "job.ended");
		assertThat(read(other).state()).isEqualTo(JobState.QUEUED);
	}

	private Stored<Job> claimed(String run) {
		Stored<Job> job = this.testJobs.submit("ada");
		change(job, (current) -> current.claim(run, this.clock.instant()));
		return job;
	}

	private Job change(Stored<Job> job, Function<Job, Change<Job>> decision) {
		return Objects.requireNonNull(this.jobs.change(job.id(), (current) -> decision.apply(current.value())).block())
			.value();
	}

	private Job read(Stored<Job> job) {
		return Objects.requireNonNull(this.jobs.find(job.id()).block()).value();
	}

}
