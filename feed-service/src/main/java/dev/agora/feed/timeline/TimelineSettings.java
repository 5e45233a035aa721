package dev.agora.feed.timeline;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long home feeds are kept ready, in entries and in time.
 *
 * @param history entries of a list when it is made
 * @param maxEntries a list that pushes made longer is dropped, to be made anew
 * @param life how long a list stays whose owner stays away
 * @param buildDeadline how long others leave a list alone that somebody makes
 * @param pushBatch pushes that go to Redis in one round trip
 */
@ConfigurationProperties("feed.timeline")
public record TimelineSettings(@DefaultValue("500") int history, @DefaultValue("1000") int maxEntries,
		@DefaultValue("7d") Duration life, @DefaultValue("10s") Duration buildDeadline,
		@DefaultValue("100") int pushBatch) {
}
