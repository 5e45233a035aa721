package dev.agora.feed.timeline;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TimelineSettingsTests {

	@Test
	void hasDefaults() {
		Binder none = new Binder(new MapConfigurationPropertySource(Map.of()));
		assertThat(none.bindOrCreate("feed.timeline", TimelineSettings.class))
			.isEqualTo(new TimelineSettings(500, 1000, Duration.ofDays(7), Duration.ofSeconds(10), 100));
	}

	@ParameterizedTest
	@CsvSource({ "0, 1000, 100, history", "500, 500, 100, max-entries", "500, 1000, 0, push-batch" })
	void refusesBoundsThatNoTimelineCanKeep(int history, int maxEntries, int pushBatch, String named) {
		assertThatIllegalArgumentException().isThrownBy(
				() -> new TimelineSettings(history, maxEntries, Duration.ofDays(7), Duration.ofSeconds(10), pushBatch))
			.withMessageContaining("feed.timeline." + named);
	}

}
