package dev.agora.gateway.resilience;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class LoadSheddingSettingsTests {

	@Test
	void hasAFixedAndAnAdaptiveLimitByDefault() {
		assertThat(new Binder(new MapConfigurationPropertySource()).bindOrCreate("gateway.shed",
				LoadSheddingSettings.class))
			.isEqualTo(new LoadSheddingSettings(256, 128, 32, Duration.ofMillis(250), Duration.ofSeconds(1)));
	}

}
