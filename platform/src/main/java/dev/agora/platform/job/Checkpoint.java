package dev.agora.platform.job;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the result so far in a checkpoint. */
final class Checkpoint {

	private static final String RESULT = "result";

	private Checkpoint() {
	}

	/** Returns the result so far, the member {@code result}; null if there is none. */
	static @Nullable String resultOf(@Nullable String checkpoint) {
		if (checkpoint == null) {
			return null;
		}
		JsonNode result = JsonMapper.shared().readTree(checkpoint).path(RESULT);
		return result.isObject() ? result.toString() : null;
	}

}
