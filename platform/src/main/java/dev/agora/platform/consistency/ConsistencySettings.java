package dev.agora.platform.consistency;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * How long a read waits until this service has applied the writes that its client has
 * seen.
 *
 * @param waitTimeout the longest time that a read waits; then it gets 503
 * @param pollInterval the time between two checks while a read waits
 * @param maxWaiting the number of reads that may wait at the same time, at most eight of
 * one caller; further ones get 503 without waiting
 * @param clockDifference the largest difference between the clocks of two instances. A
 * larger value delays the moment from which caches serve the reads of a client that has
 * written
 */
@ConfigurationProperties("agora.consistency")
public record ConsistencySettings(@DefaultValue("1500ms") Duration waitTimeout,
		@DefaultValue("50ms") Duration pollInterval, @DefaultValue("100") int maxWaiting,
		@DefaultValue("3s") Duration clockDifference) {

	public ConsistencySettings {
		SettingBounds.requirePositive("agora.consistency.wait-timeout", waitTimeout);
		SettingBounds.requirePositive("agora.consistency.poll-interval", pollInterval);
	}

}
