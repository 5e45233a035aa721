package dev.agora.session.session;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a session lasts.
 *
 * @param idleLifetime after which an unused session ends
 * @param absoluteLifetime after which any session ends
 * @param touchInterval how exactly the last use is written down
 */
@ConfigurationProperties("session.login")
public record SessionSettings(@DefaultValue("14d") Duration idleLifetime,
		@DefaultValue("90d") Duration absoluteLifetime, @DefaultValue("1m") Duration touchInterval) {
}
