package dev.agora.gateway.auth;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class AuthSettingsTests {

	@Test
	void remembersForHalfAMinuteWhileItHearsOfEndsAndForASecondElse() {
		assertThat(new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("gateway.auth",
				AuthSettings.class))
			.isEqualTo(new AuthSettings(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(10),
					Duration.ofMillis(750), 50_000, Duration.ofSeconds(4)));
	}

}
