package dev.agora.gateway.discovery;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class KubernetesSettingsTests {

	@Test
	void readsTheFilesThatTheChartMounts() {
		assertThat(new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("gateway.kubernetes",
				KubernetesSettings.class))
			.isEqualTo(new KubernetesSettings(URI.create("https://kubernetes.default.svc"), Path.of("/agora/api/token"),
					Path.of("/agora/api/ca.crt"), Duration.ofSeconds(20)));
	}

}
