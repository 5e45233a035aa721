package dev.agora.platform.tracing;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TracingSettingsTests {

	@Test
	void recordsNothingByDefault() {
		TracingSettings settings = bind(Map.of());
		assertThat(settings.address()).isNull();
		assertThat(settings.ratio()).isEqualTo(0.01);
		assertThat(settings.sampledRatio()).isZero();
		assertThat(settings.trustedClients()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "http://collector:4318, http://collector:4318/v1/traces",
			"http://collector:4318/, http://collector:4318/v1/traces",
			"https://traces.example/otlp/v1/traces, https://traces.example/otlp/v1/traces",
			"http://[::1]:4318, http://[::1]:4318/v1/traces" })
	void addsThePathOfTheProtocol(String endpoint, String address) {
		TracingSettings settings = bind(Map.of("tracing.endpoint", endpoint));
		assertThat(settings.address()).isEqualTo(address);
		assertThat(settings.sampledRatio()).isEqualTo(0.01);
	}

	@ParameterizedTest
	@CsvSource({ "tracing.endpoint, collector:4318", "tracing.endpoint, ftp://collector", "tracing.endpoint, http://",
			"tracing.ratio, 1.01", "tracing.ratio, -0.1", "tracing.ratio, NaN", "tracing.queue-size, 0" })
	void namesAnInvalidSetting(String setting, String value) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of(setting, value)))
			.havingRootCause()
			.withMessageContaining(setting);
	}

	private static TracingSettings bind(Map<String, String> set) {
		return new Binder(new MapConfigurationPropertySource(set)).bindOrCreate("tracing", TracingSettings.class);
	}

}
