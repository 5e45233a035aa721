package dev.agora.feed.timeline;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TimelineSettingsTests {

	@Test
	void hasDefaults() {
		Binder none = new Binder(new MapConfigurationPropertySource(Map.of()));
		assertThat(none.bindOrCreate("feed.timeline", TimelineSettings.class))
			.isEqualTo(new TimelineSettings(500, 1000, Duration.ofDays(7), Duration.ofSeconds(10), 100));
	}

	@ParameterizedTest
	@CsvSource({ "history, 0", "history, 10001", "max-entries, 500", "ttl, 0s", "claim-ttl, -1s", "push-batch, 0",
			"push-batch, 1001" })
	void refusesABoundThatDestroysTimelines(String name, String value) {
		Binder set = new Binder(new MapConfigurationPropertySource(Map.of("feed.timeline." + name, value)));
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> set.bindOrCreate("feed.timeline", TimelineSettings.class))
			.havingRootCause()
			.withMessageContaining("feed.timeline." + name);
	}

}
