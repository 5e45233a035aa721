package dev.agora.feed.fanout;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * Which authors are pushed, and how large fan-outs are shared.
 *
 * @param pullThreshold the number of followers around which an author changes between
 * push and pull: the activities of an author with clearly more followers are not pushed
 * into timelines, but read with each feed page
 * @param hysteresis the share of the threshold by which the number of followers must
 * exceed it before an author is pulled, or be below it before the author is pushed again
 * @param chunk the number of followers in a chunk of a large fan-out
 */
@ConfigurationProperties("feed.fan-out")
public record FanOutSettings(@DefaultValue("10000") int pullThreshold, @DefaultValue("0.1") double hysteresis,
		@DefaultValue("500") int chunk) {

	public FanOutSettings {
		SettingBounds.requireAtLeast("feed.fan-out.pull-threshold", 1, pullThreshold);
		SettingBounds.requireAtLeast("feed.fan-out.chunk", 1, chunk);
		if (!(hysteresis >= 0 && hysteresis < 1)) {
			throw new IllegalArgumentException("feed.fan-out.hysteresis must be at least 0 and less than 1.");
		}
	}

	/** Returns the largest number of followers of a fan-out that is not divided. */
	int maxUndivided() {
		return Math.min(this.chunk, maxPushed());
	}

	/** Returns the largest number of followers with which an author stays pushed. */
	int maxPushed() {
		return (int) Math.min(this.pullThreshold * (1 + this.hysteresis), Integer.MAX_VALUE - 1.0);
	}

	/** Returns the least number of followers with which an author stays pulled. */
	int minPulled() {
		return (int) (this.pullThreshold * (1 - this.hysteresis));
	}

}
