package dev.agora.platform.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaSettingsTests {

	@Test
	void hasDefaults() {
		assertThat(settings(Map.of())).isEqualTo(new KafkaSettings(List.of("127.0.0.1:9092"), Map.of(), true, List.of(),
				6, (short) -1, Duration.ofSeconds(30), Duration.ofSeconds(6), Duration.ofSeconds(10),
				Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(2), 4));
	}

	@Test
	void givesClientsWhatTheEnvironmentSaysOfTheBrokers() {
		KafkaSettings settings = settings(Map.of("AGORA_KAFKA_BOOTSTRAPSERVERS", "one:1,two:2",
				"AGORA_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL", "AGORA_KAFKA_CLIENT_SASL_JAAS_CONFIG", "secret"));
		assertThat(settings).asString().doesNotContain("secret");
		assertThat(settings.clientProperties(Map.of("acks", "all"))).isEqualTo(Map.of("bootstrap.servers",
				"one:1,two:2", "security.protocol", "SASL_SSL", "sasl.jaas.config", "secret", "acks", "all"));
	}

	private static KafkaSettings settings(Map<String, Object> environment) {
		StandardEnvironment all = new StandardEnvironment();
		all.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
		ConfigurationPropertySources.attach(all);
		return Binder.get(all).bindOrCreate("agora.kafka", KafkaSettings.class);
	}

}
