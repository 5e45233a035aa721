package dev.agora.graph.count;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class RecountSettingsTests {

	@Test
	void comparesTwentyMembersASecondByDefault() {
		assertThat(new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("agora.graph-recount",
				RecountSettings.class))
			.isEqualTo(new RecountSettings(Duration.ofSeconds(1), 20));
	}

}
