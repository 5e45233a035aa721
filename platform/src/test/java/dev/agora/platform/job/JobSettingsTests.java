package dev.agora.platform.job;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobSettingsTests {

	@Test
	void hasDefaults() {
		assertThat(TestJobs.settings(Map.of())).isEqualTo(
				new JobSettings("", Duration.ofDays(7), 200, 2, new JobSettings.Streams(5, 200, Duration.ofMinutes(5)),
						new JobSettings.Worker(false, 4, Duration.ofSeconds(10), Duration.ofMillis(500), 5,
								Duration.ofSeconds(1), Duration.ofHours(24), Duration.ofSeconds(60),
								Duration.ofSeconds(15))));
	}

}
