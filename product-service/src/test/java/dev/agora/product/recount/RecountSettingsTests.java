package dev.agora.product.recount;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThatException;

class RecountSettingsTests {

	@ParameterizedTest
	@CsvSource({ "interval, 0s", "pause-factor, -1", "concurrency, 0" })
	void refusesValuesOutsideTheirBounds(String name, String value) {
		Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("agora.recount." + name, value)));
		assertThatException().isThrownBy(() -> binder.bind("agora.recount", RecountSettings.class))
			.havingRootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.withMessageStartingWith("agora.recount." + name + " must be ");
	}

}
