package dev.agora.gateway.edge;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeSettingsTests {

	@Test
	void trustsNoProxyAndNoOtherSiteByDefault() {
		EdgeSettings settings = new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("gateway.edge",
				EdgeSettings.class);
		assertThat(settings.trustedProxies()).isEmpty();
		assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(settings.minBodyRate()).isEqualTo(DataSize.ofKilobytes(1));
		assertThat(settings.maxHeaders()).isEqualTo(100);
		assertThat(settings.hstsMaxAge()).isZero();
		assertThat(settings.cors().allowedOrigins()).isEmpty();
		assertThat(settings.cors().maxAge()).isEqualTo(Duration.ofMinutes(10));
	}

}
