package dev.agora.feed.freshness;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * How each instance compares cached home feeds with the store.
 *
 * @param enabled whether feeds are compared
 * @param interval the interval at which a feed is compared
 * @param sampledKeys the number of random keys of Redis among which a feed is searched
 * @param entries the number of newest activities that are compared
 * @param confirmAfter the time after which a difference is checked again: an event may
 * have been on its way
 */
@ConfigurationProperties("feed.reconciler")
public record FeedReconcilerSettings(@DefaultValue("true") boolean enabled, @DefaultValue("5s") Duration interval,
		@DefaultValue("16") int sampledKeys, @DefaultValue("50") int entries,
		@DefaultValue("3s") Duration confirmAfter) {

	public FeedReconcilerSettings {
		SettingBounds.requirePositive("feed.reconciler.interval", interval);
		SettingBounds.requireBetween("feed.reconciler.sampled-keys", 1, 1000, sampledKeys);
		SettingBounds.requireBetween("feed.reconciler.entries", 1, 500, entries);
		SettingBounds.requirePositive("feed.reconciler.confirm-after", confirmAfter);
	}

}
