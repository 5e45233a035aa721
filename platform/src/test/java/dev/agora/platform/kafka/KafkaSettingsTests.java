package dev.agora.platform.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class KafkaSettingsTests {

	@Test
	void hasDefaults() {
		assertThat(settings(Map.of()))
			.isEqualTo(new KafkaSettings(List.of("127.0.0.1:9092"), Map.of(), true, List.of(), 6, (short) -1,
					Duration.ofSeconds(30), Duration.ofSeconds(6), Duration.ofSeconds(10), Duration.ofSeconds(1),
					Duration.ofSeconds(2), Duration.ofSeconds(2), 4, new KafkaSettings.Login(null, null)));
	}

	@Test
	void passesThePropertiesOfTheEnvironmentToClients() {
		KafkaSettings settings = settings(Map.of("AGORA_KAFKA_BOOTSTRAPSERVERS", "one:1,two:2",
				"AGORA_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL", "AGORA_KAFKA_CLIENT_SASL_JAAS_CONFIG", "secret"));
		assertThat(settings).asString().doesNotContain("secret");
		assertThat(settings.clientProperties(Map.of("acks", "all"))).isEqualTo(Map.of("bootstrap.servers",
				"one:1,two:2", "security.protocol", "SASL_SSL", "sasl.jaas.config", "secret", "acks", "all"));
	}

	/** Parses the setting with the parser of Kafka. */
	@ParameterizedTest
	@ValueSource(strings = { "plain", "it's a \"quote\"", "back\\slash", "\\", "\\n", "\\\"", "100%", "$(A) ${B} $C",
			"two\nlines\r\n", "; x required", "p=a,b", "#no comment // nor /* this */", "\t tab ", "äß€😀", "" })
	void logsInWithAnyPassword(String password) {
		KafkaSettings settings = settings(Map.of("AGORA_KAFKA_CLIENT_SASL_MECHANISM", "SCRAM-SHA-512"), password);
		Password line = new Password((String) settings.clientProperties(Map.of()).get(SaslConfigs.SASL_JAAS_CONFIG));
		Map<String, ?> options = JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, line))
			.configurationEntries()
			.get(0)
			.getOptions();
		assertThat(options).isEqualTo(Map.of("username", password, "password", password));
		assertThat(settings).asString().doesNotContain("quote");
	}

	@ParameterizedTest
	@CsvSource({ "PLAIN, plain.PlainLoginModule", "SCRAM-SHA-256, scram.ScramLoginModule" })
	void choosesTheLoginByTheMechanism(String mechanism, String module) {
		KafkaSettings settings = settings(Map.of("AGORA_KAFKA_CLIENT_SASL_MECHANISM", mechanism), "secret");
		assertThat(settings.clientProperties(Map.of()).get(SaslConfigs.SASL_JAAS_CONFIG)).asString()
			.startsWith("org.apache.kafka.common.security." + module + " required ");
	}

	@Test
	void refusesALoginThatCannotWork() {
		assertThatIllegalStateException()
			.isThrownBy(() -> settings(Map.of("AGORA_KAFKA_LOGIN_USERNAME", "ann")).clientProperties(Map.of()))
			.withMessageContaining("needs a username and a password");
		assertThatIllegalStateException().isThrownBy(() -> settings(Map.of(), "secret").clientProperties(Map.of()))
			.withMessageContaining("but it is null")
			.withMessageNotContaining("secret");
	}

	private static KafkaSettings settings(Map<String, Object> environment, String login) {
		KafkaSettings settings = settings(environment);
		return new KafkaSettings(settings.bootstrapServers(), settings.client(), settings.consume(), settings.topics(),
				settings.partitions(), settings.replication(), settings.topicCheck(), settings.sessionTimeout(),
				settings.deliveryTimeout(), settings.sweepInterval(), settings.sweepMinAge(), settings.drainTimeout(),
				settings.maxAttempts(), new KafkaSettings.Login(login, login));
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
