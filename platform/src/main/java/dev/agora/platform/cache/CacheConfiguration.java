package dev.agora.platform.cache;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.redis.RedisConfiguration;
import dev.agora.platform.redis.RedisGuard;

/**
 * Configures the caches of a service, and the connection to Redis that they use.
 */
@Configuration(proxyBeanMethods = false)
@Import(RedisConfiguration.class)
@EnableConfigurationProperties(CacheSettings.class)
public class CacheConfiguration {

	@Bean
	ObjectCaches objectCaches(RedisGuard redis, CacheSettings settings, MeterRegistry meters, JsonMapper json,
			Clock clock) {
		return new ObjectCaches(redis, settings, meters, json, clock);
	}

}
