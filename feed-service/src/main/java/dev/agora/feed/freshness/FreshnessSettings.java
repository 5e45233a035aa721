package dev.agora.feed.freshness;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * How the freshness of home feeds is measured.
 *
 * @param interval the interval at which the progress of the fan-out is read
 */
@ConfigurationProperties("feed.freshness")
public record FreshnessSettings(@DefaultValue("1s") Duration interval) {

	public FreshnessSettings {
		SettingBounds.requirePositive("feed.freshness.interval", interval);
	}

}
