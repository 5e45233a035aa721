package dev.agora.console.metric;

import java.util.Map;

/**
 * A metric with its tags. There is one object for each series of a process, so that it is
 * compared by identity.
 */
public final class Series {

	private final String name;

	private final Map<String, String> tags;

	Series(String name, Map<String, String> tags) {
		this.name = name;
		this.tags = Map.copyOf(tags);
	}

	/**
	 * Returns the name of the metric.
	 * @return the name with its suffix, such as {@code _bucket}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the value of a tag.
	 * @param key the name of the tag
	 * @return the value, empty if the series has no such tag
	 */
	public String tag(String key) {
		return this.tags.getOrDefault(key, "");
	}

}
