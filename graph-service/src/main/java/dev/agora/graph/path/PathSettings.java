package dev.agora.graph.path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of the search for a path.
 *
 * @param maxIds the largest number of ids that one search reads; a search that needs more
 * is refused with 503
 * @param maxSearches the maximum number of concurrent searches of an instance
 */
@ConfigurationProperties("graph.path")
public record PathSettings(@DefaultValue("200000") int maxIds, @DefaultValue("4") int maxSearches) {

	public PathSettings {
		if (maxIds < 1) {
			throw new IllegalArgumentException("graph.path.max-ids must be at least 1.");
		}
		if (maxSearches < 1) {
			throw new IllegalArgumentException("graph.path.max-searches must be at least 1.");
		}
	}

}
