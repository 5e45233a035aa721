package dev.agora.gateway.shed;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class ShedSettingsTests {

	@Test
	void letsAFixedNumberInAndShedsDownToFewer() {
		assertThat(new Binder(new MapConfigurationPropertySource()).bindOrCreate("gateway.shed", ShedSettings.class))
			.isEqualTo(new ShedSettings(256, 128, 32, Duration.ofMillis(250), Duration.ofSeconds(1)));
	}

}
