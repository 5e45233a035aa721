package dev.agora.gateway.body;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class BodySettingsTests {

	@Test
	void givesEachClientASmallShare() {
		assertThat(new Binder(new MapConfigurationPropertySource()).bindOrCreate("gateway.body", BodySettings.class))
			.isEqualTo(new BodySettings(DataSize.ofMegabytes(24), 2048, DataSize.ofMegabytes(8), 64, 32,
					Duration.ofSeconds(1), DataSize.ofMegabytes(24)));
	}

}
