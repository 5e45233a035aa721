package dev.agora.product.view;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * How views of products are counted.
 *
 * @param interval the time between two writes of the views to Redis and to MongoDB; a
 * crash loses the views of that time
 * @param ttl how long Redis keeps views while MongoDB is unavailable
 * @param capacity the largest number of products whose views Redis keeps, for each of the
 * 16 keys
 */
@ConfigurationProperties("agora.views")
public record ViewSettings(@DefaultValue("2s") Duration interval, @DefaultValue("1h") Duration ttl,
		@DefaultValue("5000") int capacity) {

	public ViewSettings {
		SettingBounds.requirePositive("agora.views.interval", interval);
		SettingBounds.requirePositive("agora.views.ttl", ttl);
		SettingBounds.requireAtLeast("agora.views.capacity", 1, capacity);
	}

}
