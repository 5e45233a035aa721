package dev.agora.platform.cache;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

class CacheConfigurationTests {

	@Test
	void startsWithoutRedis() {
		try (TestRedisServer nothing = TestRedisServer.stopped()) {
			new ApplicationContextRunner().withUserConfiguration(CacheConfiguration.class)
				.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
				.withBean(JsonMapper.class, () -> JsonMapper.builder().build())
				.withBean(Clock.class, Clock::systemUTC)
				.withPropertyValues("agora.redis.address=" + nothing.address())
				.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ObjectCaches.class));
		}
	}

}
