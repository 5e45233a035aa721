package dev.agora.session.session;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Lifetimes of sessions.
 *
 * @param idleLifetime the time after which an unused session ends
 * @param absoluteLifetime the time after which any session ends
 * @param touchInterval how often uses of a session are recorded
 */
@ConfigurationProperties("session.login")
public record SessionSettings(@DefaultValue("14d") Duration idleLifetime,
		@DefaultValue("90d") Duration absoluteLifetime, @DefaultValue("1m") Duration touchInterval) {
}
