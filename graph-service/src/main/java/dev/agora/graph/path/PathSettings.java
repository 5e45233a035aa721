package dev.agora.graph.path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * Bounds of the search for a path.
 *
 * @param maxIds the largest number of ids that one search reads; a search that needs more
 * is refused with 503
 * @param maxSearches the maximum number of concurrent searches of an instance; one member
 * has half of them at most
 */
@ConfigurationProperties("graph.path")
public record PathSettings(@DefaultValue("200000") int maxIds, @DefaultValue("4") int maxSearches) {

	public PathSettings {
		SettingBounds.requireAtLeast("graph.path.max-ids", 1, maxIds);
		SettingBounds.requireAtLeast("graph.path.max-searches", 1, maxSearches);
	}

}
