package dev.agora.platform.projection;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class ProjectionSettingsTests {

	@Test
	void hasDefaults() {
		Binder none = new Binder(new MapConfigurationPropertySource(Map.of()));
		assertThat(none.bindOrCreate("agora.projection", ProjectionSettings.class))
			.isEqualTo(new ProjectionSettings(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMillis(50)));
	}

	@Test
	void refusesReadsWithoutAPause() {
		Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("agora.projection.poll-interval", "0s")));
		assertThatException().isThrownBy(() -> binder.bind("agora.projection", ProjectionSettings.class))
			.havingRootCause()
			.withMessage("agora.projection.poll-interval must be longer than zero.");
	}

}
