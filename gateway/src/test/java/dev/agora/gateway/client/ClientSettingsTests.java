package dev.agora.gateway.client;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientSettingsTests {

	@Test
	void servesTheClientWithoutAConsoleByDefault() {
		assertThat(
				new Binder(new MapConfigurationPropertySource()).bindOrCreate("gateway.client", ClientSettings.class))
			.isEqualTo(new ClientSettings(true, ""));
	}

}
