package dev.agora.platform.redis;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisSettingsTests {

	@Test
	void omitsThePasswordFromItsText() {
		assertThat(settings(Map.of("agora.redis.address", "rediss://host:6379", "agora.redis.password", "secret")))
			.asString()
			.contains("host:6379")
			.doesNotContain("secret");
	}

	@Test
	void refusesAPasswordInTheAddress() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> settings(Map.of("agora.redis.address", "redis://:secret@host:6379")))
			.havingRootCause()
			.withMessageContaining("agora.redis.password")
			.withMessageNotContaining("secret@");
	}

	private static RedisSettings settings(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("agora.redis",
				RedisSettings.class);
	}

}
