package dev.agora.platform.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Change;
import dev.agora.platform.id.IdGenerator;

import static org.assertj.core.api.Assertions.assertThat;

class JobTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	private static final JobRetention TIMES = new JobRetention(NOW, NOW.plus(Duration.ofDays(7)));

	private static final JobError REASON = new JobError("code", "Detail.");

	private final Job queued = next(Job.submit("count", "ada", "{}", NOW));

	private final Job running = next(this.queued.claim("run", NOW));

	@Test
	void aRunResumesWithTheProgressOfTheOneBefore() {
		JobReport report = new JobReport(new JobProgress(5, 10L), "5");
		Job again = next(next(next(this.running.report("run", report)).requeue("run", true, NOW)).claim("other", NOW));
		assertThat(again.progress()).isEqualTo(report.progress());
		assertThat(again.checkpoint()).isEqualTo("5");
		assertThat(again.attempts()).isEqualTo(2);
		assertThat(again.startedAt()).isEqualTo(NOW);
	}

	@Test
	void aWorkerWhoseClockIsBehindClaimsAJobAtOnce() {
		Instant behind = NOW.minus(Duration.ofMinutes(5));
		assertThat(this.queued.claim("run", behind).written()).isTrue();
		assertThat(next(this.running.requeue("run", true, NOW)).claim("other", behind).written()).isTrue();
		Job retried = next(this.running.retry("run", REASON, NOW));
		assertThat(retried.claim("other", behind).written()).isFalse();
		assertThat(next(retried.republish(NOW)).claim("other", behind).written()).isTrue();
	}

	@Test
	void readsWhatALaterVersionOfTheServiceStored() {
		JsonMapper strict = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
		Jobs.Environment environment = new Jobs.Environment(new IdGenerator(Clock.systemUTC()), strict,
				Clock.systemUTC());
		assertThat(environment.json().readValue("{\"done\":1,\"total\":2,\"speed\":3}", JobProgress.class))
			.isEqualTo(new JobProgress(1, 2L));
	}

	@Test
	void anotherRunChangesNothing() {
		assertThat(this.running.report("other", new JobReport(JobProgress.NONE, null)).written()).isFalse();
		assertThat(this.running.succeed("other", null, TIMES).written()).isFalse();
		assertThat(this.running.fail("other", REASON, TIMES).written()).isFalse();
		assertThat(this.running.retry("other", REASON, NOW).written()).isFalse();
		assertThat(this.running.awaitAvailability("other", REASON, NOW, NOW).written()).isFalse();
		assertThat(this.running.requeue("other", true, NOW).written()).isFalse();
	}

	@Test
	void aRunningJobIsNotClaimed() {
		assertThat(this.running.claim("other", NOW).written()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "SUCCEEDED", "FAILED", "CANCELLED" })
	void anEndedJobStaysAsItIs(JobState end) {
		Job ended = next(switch (end) {
			case SUCCEEDED -> this.running.succeed("run", "{}", TIMES);
			case FAILED -> this.running.fail("run", REASON, TIMES);
			default -> this.running.cancel(TIMES);
		});
		assertThat(ended.state()).isEqualTo(end);
		assertThat(ended.finishedAt()).isEqualTo(NOW);
		assertThat(ended.claim("other", NOW).written()).isFalse();
		assertThat(ended.cancel(TIMES).written()).isFalse();
		assertThat(ended.requeue("run", true, NOW).written()).isFalse();
		assertThat(ended.republish(NOW.plus(Duration.ofDays(1))).written()).isFalse();
		assertThat(ended.isExpired(TIMES.expiresAt().minusMillis(1))).isFalse();
		assertThat(ended.isExpired(TIMES.expiresAt())).isTrue();
	}

	@Test
	void theEndIsPublishedAndProgressIsNot() {
		assertThat(this.running.report("run", new JobReport(JobProgress.NONE, null)).event()).isNull();
		assertThat(this.running.cancel(TIMES).event())
			.isEqualTo(new JobEvent.Ended("count", "ada", JobState.CANCELLED, NOW));
	}

	private static Job next(Change<Job> change) {
		return Objects.requireNonNull(change.next());
	}

}
