package dev.agora.platform.job;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class JobSettingsTests {

	@Test
	void hasDefaults() {
		assertThat(TestJobs.settings(Map.of())).isEqualTo(
				new JobSettings("", Duration.ofDays(7), 200, 2, new JobSettings.Streams(5, 200, Duration.ofMinutes(5)),
						new JobSettings.Worker(false, 4, Duration.ofSeconds(10), Duration.ofMillis(500), 5,
								Duration.ofSeconds(1), Duration.ofHours(24), Duration.ofSeconds(60),
								Duration.ofSeconds(15))));
	}

	@ParameterizedTest
	@CsvSource({ "max-running, 0", "max-open, 0", "retention, 0s", "streams.duration, 0s", "worker.slots, 0",
			"worker.max-attempts, 0", "worker.max-attempts, 11", "worker.report-interval, 0s", "worker.lease, 1s",
			"worker.slice, 0s", "worker.lock, 0s" })
	void refusesWhatWouldStopOrSpinTheJobs(String name, String value) {
		assertThatException().isThrownBy(() -> TestJobs.settings(Map.of("agora.jobs." + name, value)))
			.havingRootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.withMessageStartingWith("agora.jobs." + name + " must be ");
	}

}
