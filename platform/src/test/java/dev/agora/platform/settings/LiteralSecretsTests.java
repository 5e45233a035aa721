package dev.agora.platform.settings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import dev.agora.platform.kafka.KafkaSettings;
import dev.agora.platform.mongo.MongoSettings;
import dev.agora.platform.redis.RedisSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class LiteralSecretsTests {

	@ParameterizedTest
	@ValueSource(strings = { "${user}", "a${none:b}c", "\\${user}", "\\", "a\\b", "\"", "100%", "$", "${", "#{1 + 1}",
			"é\n\t'", "${AGORA_REDIS_PASSWORD}" })
	void bindsEveryCharacterLiterally(String secret) {
		runner(Map.of("AGORA_REDIS_USERNAME", secret, "AGORA_REDIS_PASSWORD", secret, "AGORA_MONGODB_URI",
				"mongodb://ann:" + encoded(secret) + "@${user}", "AGORA_KAFKA_LOGIN_USERNAME", secret,
				"AGORA_KAFKA_LOGIN_PASSWORD", secret))
			.run((context) -> {
				RedisSettings redis = context.getBean(RedisSettings.class);
				assertThat(redis.username()).isEqualTo(secret);
				assertThat(redis.password()).isEqualTo(secret);
				assertThat(context.getBean(MongoSettings.class).uri()).endsWith("@${user}");
				assertThat(context.getBean(KafkaSettings.class).login().username()).isEqualTo(secret);
				assertThat(context.getBean(KafkaSettings.class).login().password()).isEqualTo(secret);
			});
	}

	@Test
	void replacesPlaceholdersInOtherSettings() {
		runner(Map.of("AGORA_REDIS_MASTER", "${user}"))
			.run((context) -> assertThat(context.getBean(RedisSettings.class).master()).isEqualTo("ann"));
	}

	@Test
	void showsNoPasswordIfTheServiceDoesNotStart(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Settings.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run("--agora.mongodb.database=sample",
				"--agora.mongodb.uri=mongodb://ann:p/secret@host", "--agora.redis.password=hidden"));
		assertThat(output).contains("agora.mongodb.uri is no connection string")
			.doesNotContain("p/secret")
			.doesNotContain("hidden");
	}

	private static String encoded(String secret) {
		return URLEncoder.encode(secret, StandardCharsets.UTF_8);
	}

	private static ApplicationContextRunner runner(Map<String, Object> variables) {
		return new ApplicationContextRunner().withUserConfiguration(Settings.class)
			.withPropertyValues("user=ann", "agora.mongodb.database=sample")
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								variables)));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ RedisSettings.class, MongoSettings.class, KafkaSettings.class })
	static class Settings {

		@Bean
		static LiteralSecrets literalSecrets() {
			return new LiteralSecrets();
		}

	}

}
