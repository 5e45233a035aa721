package dev.agora.product.view;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThatException;

class ViewSettingsTests {

	@ParameterizedTest
	@CsvSource({ "interval, 0s", "ttl, 0s", "capacity, 0" })
	void refusesValuesOutsideTheirBounds(String name, String value) {
		Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("agora.views." + name, value)));
		assertThatException().isThrownBy(() -> binder.bind("agora.views", ViewSettings.class))
			.havingRootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.withMessageStartingWith("agora.views." + name + " must be ");
	}

}
