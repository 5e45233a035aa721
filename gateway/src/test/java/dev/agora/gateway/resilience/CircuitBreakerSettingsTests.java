package dev.agora.gateway.resilience;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitBreakerSettingsTests {

	@Test
	void opensForTwoSecondsAfterFourOfFiveFailures() {
		assertThat(new Binder(new MapConfigurationPropertySource()).bindOrCreate("gateway.breaker",
				CircuitBreakerSettings.class))
			.isEqualTo(new CircuitBreakerSettings(50, 20, 80, Duration.ofSeconds(2), 5));
	}

}
