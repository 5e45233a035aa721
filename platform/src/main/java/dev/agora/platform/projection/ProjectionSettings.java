package dev.agora.platform.projection;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * How long a request waits for a projection to receive an entry that was created a moment
 * ago.
 *
 * @param freshFor the age up to which an id counts as fresh: its event may still be on
 * its way
 * @param waitTimeout the longest time that a request waits for the entry of a fresh id
 * @param pollInterval the time between two reads of the projection while a request waits
 */
@ConfigurationProperties("agora.projection")
public record ProjectionSettings(@DefaultValue("30s") Duration freshFor, @DefaultValue("2s") Duration waitTimeout,
		@DefaultValue("50ms") Duration pollInterval) {

	public ProjectionSettings {
		SettingBounds.requirePositive("agora.projection.poll-interval", pollInterval);
	}

}
