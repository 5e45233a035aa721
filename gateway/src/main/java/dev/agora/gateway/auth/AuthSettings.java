package dev.agora.gateway.auth;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tokens are swapped for identities.
 *
 * @param cacheLifetime for how long an ended session may still be taken for open
 * @param cached how many identities are remembered
 * @param timeout how long session-service may take, a second clone included
 */
@ConfigurationProperties("gateway.auth")
public record AuthSettings(@DefaultValue("1s") Duration cacheLifetime, @DefaultValue("50000") int cached,
		@DefaultValue("2s") Duration timeout) {
}
