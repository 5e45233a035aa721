package dev.agora.gateway.resilience;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * The deadlines of requests.
 *
 * @param timeout the time for a request, from the arrival of its whole body and including
 * its retry, unless its route's metadata give it more
 * @param streamStart the time for an instance to begin a stream
 * @param streamIdle the time after which a stream ends that has brought nothing, not even
 * a heartbeat; longer than the interval of heartbeats
 */
@ConfigurationProperties("gateway.deadline")
public record DeadlineSettings(@DefaultValue("5s") Duration timeout, @DefaultValue("5s") Duration streamStart,
		@DefaultValue("1m") Duration streamIdle) {

	public DeadlineSettings {
		SettingBounds.requirePositive("gateway.deadline.stream-start", streamStart);
		SettingBounds.requirePositive("gateway.deadline.stream-idle", streamIdle);
	}

}
