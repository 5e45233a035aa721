package dev.agora.feed.exports;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * The settings of exports of members' data.
 *
 * @param services the services whose parts an export needs
 * @param timeout the time after which an export fails that lacks the part of a service
 */
@ConfigurationProperties("feed.exports")
public record ExportSettings(@DefaultValue( {
		"feed-service", "graph-service", "product-service", "session-service" }) List<String> services,
		@DefaultValue("1h") Duration timeout){

	public ExportSettings {
		SettingBounds.requirePositive("feed.exports.timeout", timeout);
	}

}
