package dev.agora.gateway.resilience;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineSettingsTests {

	@Test
	void givesARequestFiveSeconds() {
		assertThat(new Binder(new MapConfigurationPropertySource()).bindOrCreate("gateway.deadline",
				DeadlineSettings.class))
			.isEqualTo(new DeadlineSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1)));
	}

}
