package dev.agora.graph.suggestion;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThatException;

class SuggestionSettingsTests {

	@ParameterizedTest
	@ValueSource(strings = { "max-items", "request.max-ids", "request.timeout", "request.concurrency",
			"refresh.check-interval", "refresh.age", "refresh.active-for", "refresh.max-ids", "refresh.concurrency" })
	void refusesZero(String setting) {
		String name = "graph.suggestions." + setting;
		Binder binder = new Binder(new MapConfigurationPropertySource(Map.of(name, "0")));
		assertThatException().isThrownBy(() -> binder.bindOrCreate("graph.suggestions", SuggestionSettings.class))
			.havingRootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.withMessageContaining(name);
	}

}
