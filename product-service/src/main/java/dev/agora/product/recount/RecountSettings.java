package dev.agora.product.recount;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * How often the reviews of products are counted.
 *
 * @param interval the time between two counts of one product, at least
 * @param pauseFactor the pause after a count, as a multiple of its duration: a product
 * with many reviews is counted less often
 * @param concurrency the number of products that are counted at a time
 */
@ConfigurationProperties("agora.recount")
public record RecountSettings(@DefaultValue("500ms") Duration interval, @DefaultValue("10") int pauseFactor,
		@DefaultValue("8") int concurrency) {

	public RecountSettings {
		SettingBounds.requirePositive("agora.recount.interval", interval);
		SettingBounds.requireAtLeast("agora.recount.pause-factor", 0, pauseFactor);
		SettingBounds.requireAtLeast("agora.recount.concurrency", 1, concurrency);
	}

}
