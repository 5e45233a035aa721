package dev.agora.graph.member;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class MemberSettingsTests {

	@Test
	void hasDefaults() {
		MemberSettings settings = new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("graph.member",
				MemberSettings.class);
		assertThat(settings)
			.isEqualTo(new MemberSettings(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMillis(50)));
	}

}
