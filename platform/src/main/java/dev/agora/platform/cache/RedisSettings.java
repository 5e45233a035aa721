package dev.agora.platform.cache;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is and how long it may take before it counts as gone.
 *
 * @param address for example {@code redis://127.0.0.1:6379}
 * @param connectTimeout the longest to wait for a connection
 * @param commandTimeout the longest a caller waits for an answer
 * @param connections connections of this process at most
 * @param pause how long Redis is left alone after it failed
 */
@ConfigurationProperties("agora.redis")
public record RedisSettings(@DefaultValue("redis://127.0.0.1:6379") String address,
		@DefaultValue("500ms") Duration connectTimeout, @DefaultValue("150ms") Duration commandTimeout,
		@DefaultValue("32") int connections, @DefaultValue("1s") Duration pause) {
}
