package dev.agora.contract.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/** Compares the schemas of the events with those of the last release. */
final class EventComparison {

	private EventComparison() {
	}

	/**
	 * Lists the changes that break an old listener, one line each.
	 * @param released the old schemas by the types of their events
	 * @param current the new schemas
	 */
	static List<String> compare(Map<String, JsonNode> released, Map<String, JsonNode> current) {
		List<String> breaks = new ArrayList<>();
		released.forEach((type, before) -> {
			JsonNode now = current.get(type);
			breaks.addAll((now != null) ? SchemaComparison.ofSent(before, now).compare(type, before, now)
					: List.of(type + ": removed"));
		});
		return breaks;
	}

}
