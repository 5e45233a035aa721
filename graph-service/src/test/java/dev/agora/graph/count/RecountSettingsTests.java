package dev.agora.graph.count;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RecountSettingsTests {

	@Test
	void comparesTwentyMembersASecondByDefault() {
		assertThat(new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("agora.graph-recount",
				RecountSettings.class))
			.isEqualTo(new RecountSettings(Duration.ofSeconds(1), 20));
	}

	@Test
	void refusesPartsWithoutABoundOrPause() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RecountSettings(Duration.ofSeconds(1), 0))
			.withMessageContaining("agora.graph-recount.members");
		assertThatIllegalArgumentException().isThrownBy(() -> new RecountSettings(Duration.ZERO, 20))
			.withMessageContaining("agora.graph-recount.interval");
	}

}
