package dev.agora.feed.timeline;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * The bounds of timelines in Redis.
 *
 * @param history the number of activities in a timeline when it is built or trimmed
 * @param maxEntries the length beyond which a timeline is trimmed; greater than the
 * history
 * @param ttl the time after which a timeline expires, counted from its owner's last visit
 * @param claimTtl the time after which a claim expires, so that another reader builds the
 * timeline
 * @param pushBatch the number of timelines to which one script of Redis pushes
 */
@ConfigurationProperties("feed.timeline")
public record TimelineSettings(@DefaultValue("500") int history, @DefaultValue("1000") int maxEntries,
		@DefaultValue("7d") Duration ttl, @DefaultValue("10s") Duration claimTtl, @DefaultValue("100") int pushBatch) {

	public TimelineSettings {
		SettingBounds.requireBetween("feed.timeline.history", 1, 10_000, history);
		SettingBounds.requireAtLeast("feed.timeline.max-entries", history + 1, maxEntries);
		SettingBounds.requirePositive("feed.timeline.ttl", ttl);
		SettingBounds.requirePositive("feed.timeline.claim-ttl", claimTtl);
		SettingBounds.requireBetween("feed.timeline.push-batch", 1, 1_000, pushBatch);
	}

}
