package dev.agora.feed.timeline;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineSettingsTests {

	@Test
	void hasDefaults() {
		Binder none = new Binder(new MapConfigurationPropertySource(Map.of()));
		assertThat(none.bindOrCreate("feed.timeline", TimelineSettings.class))
			.isEqualTo(new TimelineSettings(500, 1000, Duration.ofDays(7), Duration.ofSeconds(10), 100));
	}

}
