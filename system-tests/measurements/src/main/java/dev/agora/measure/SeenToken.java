package dev.agora.measure;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A consistency token, and what it has seen.
 *
 * @param text the token, null before the first write
 * @param versions the version of each register that the token has seen
 */
record SeenToken(@Nullable String text, Map<String, Long> versions) {

	static final SeenToken NONE = new SeenToken(null, Map.of());

	/** Returns the token of a write that was sent with this one. */
	SeenToken after(String token, String register, long version) {
		Map<String, Long> seen = new HashMap<>(this.versions);
		seen.merge(register, version, Math::max);
		return new SeenToken(token, Map.copyOf(seen));
	}

	long seen(String register) {
		return this.versions.getOrDefault(register, 0L);
	}

}
