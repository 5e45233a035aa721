package dev.agora.graph.count;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class RecountSettingsTests {

	@Test
	void comparesTwentyMembersASecondByDefault() {
		assertThat(new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("agora.graph-recount",
				RecountSettings.class))
			.isEqualTo(new RecountSettings(Duration.ofSeconds(1), 20));
	}

	@ParameterizedTest
	@CsvSource({ "interval, 0s", "members, 0" })
	void refusesValuesOutsideTheirBounds(String name, String value) {
		Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("agora.graph-recount." + name, value)));
		assertThatException().isThrownBy(() -> binder.bind("agora.graph-recount", RecountSettings.class))
			.havingRootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.withMessageStartingWith("agora.graph-recount." + name + " must be ");
	}

}
