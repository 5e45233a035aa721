package dev.agora.feed.live;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * The bounds of live streams.
 *
 * @param perMember the maximum number of a member's streams at one instance
 * @param perInstance the maximum number of streams at one instance
 * @param authors the maximum number of authors whose activities the streams of one
 * instance wait for; an author counts once for each stream
 * @param duration the time after which a stream ends, give or take a fifth; its client
 * then reconnects, which spreads the streams over new instances
 * @param heartbeat the interval of heartbeats, which is shorter than the time after which
 * proxies close idle connections
 * @param queue the number of events that may wait for a client before its stream ends
 * @param resume the number of events of one kind that a client receives at most when it
 * resumes
 * @param log the number of events of one topic that an instance keeps, so that clients
 * resume without a query
 * @param overlap the age that an activity may have when it is published; a client that
 * resumes from the store receives those of this time before its disconnection again
 */
@ConfigurationProperties("feed.live")
public record LiveSettings(@DefaultValue("5") int perMember, @DefaultValue("2000") int perInstance,
		@DefaultValue("200000") int authors, @DefaultValue("15m") Duration duration,
		@DefaultValue("15s") Duration heartbeat, @DefaultValue("128") int queue, @DefaultValue("800") int resume,
		@DefaultValue("20000") int log, @DefaultValue("10m") Duration overlap) {

	public LiveSettings {
		SettingBounds.requireAtLeast("feed.live.per-member", 1, perMember);
		SettingBounds.requireAtLeast("feed.live.per-instance", 1, perInstance);
		SettingBounds.requirePositive("feed.live.duration", duration);
		SettingBounds.requirePositive("feed.live.overlap", overlap);
		SettingBounds.requirePositive("feed.live.heartbeat", heartbeat);
		SettingBounds.requireAtLeast("feed.live.authors", 1, authors);
		SettingBounds.requireAtLeast("feed.live.queue", 8, queue);
		SettingBounds.requireAtLeast("feed.live.resume", 1, resume);
		SettingBounds.requireAtLeast("feed.live.log", 1, log);
	}

}
