package dev.agora.gateway.guard;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerSettingsTests {

	@Test
	void restsForTwoSecondsAfterFourOfFiveFailures() {
		assertThat(
				new Binder(new MapConfigurationPropertySource()).bindOrCreate("gateway.breaker", BreakerSettings.class))
			.isEqualTo(new BreakerSettings(50, 20, 80, Duration.ofSeconds(2), 5));
	}

}
