package dev.agora.graph.set;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * Settings of the cached sets of ids. Leases, deadlines and permits are those of the
 * other caches.
 *
 * @param maxIds the largest number of ids in a cached set, 1 to 100,000; a larger set is
 * read from MongoDB page by page
 * @param expireAfter the age at which a set is deleted, and loaded again at its next
 * read, at least 1 s; each set expires up to a fifth earlier, so that sets do not expire
 * together
 */
@ConfigurationProperties("graph.sets")
public record SetSettings(@DefaultValue("5000") int maxIds, @DefaultValue("15m") Duration expireAfter) {

	/** One response of Redis has the ids of several sets. */
	private static final int LARGEST = 100_000;

	public SetSettings {
		SettingBounds.requireBetween("graph.sets.max-ids", 1, LARGEST, maxIds);
		if (expireAfter.compareTo(Duration.ofSeconds(1)) < 0) {
			throw new IllegalArgumentException("graph.sets.expire-after must be at least 1s.");
		}
	}

}
