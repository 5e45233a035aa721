package dev.agora.platform.cache.envelope;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.agora.platform.redis.RedisSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class CacheSettingsTests {

	@Test
	void hasDefaultsForTheCache() {
		assertThat(binder(Map.of()).bindOrCreate("agora.cache", CacheSettings.class)).isEqualTo(new CacheSettings(
				Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofSeconds(30),
				Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofMillis(3500), 128, Duration.ofMillis(250)));
	}

	@Test
	void hasDefaultsForRedis() {
		assertThat(binder(Map.of()).bindOrCreate("agora.redis", RedisSettings.class))
			.isEqualTo(new RedisSettings(List.of("redis://127.0.0.1:6379"), RedisSettings.Mode.SINGLE, "agora", null,
					null, null, Duration.ofMillis(500), Duration.ofMillis(150), 32, Duration.ofSeconds(1)));
	}

	@ParameterizedTest
	@CsvSource({ "tombstone-ttl, 2s, load-deadline", "lease-ttl, 2s, load-deadline", "lease-wait, 3s, lease-ttl" })
	void refusesATimeThatIsNotLongerThanAnother(String longer, String time, String shorter) {
		Map<String, String> properties = Map.of("agora.cache." + longer, time);
		assertThatException().isThrownBy(() -> binder(properties).bind("agora.cache", CacheSettings.class))
			.havingRootCause()
			.withMessage("agora.cache." + longer + " must be longer than " + shorter + ".");
	}

	@Test
	void acceptsThatReadersDoNotWait() {
		Map<String, String> properties = Map.of("agora.cache.lease-wait", "0s");
		assertThat(binder(properties).bind("agora.cache", CacheSettings.class).get().leaseWait()).isZero();
	}

	private static Binder binder(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties));
	}

}
