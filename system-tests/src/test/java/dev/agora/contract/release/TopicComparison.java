package dev.agora.contract.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.agora.contract.AsyncContract;

/** Compares the topics and keys of events with those of the last release. */
final class TopicComparison {

	private TopicComparison() {
	}

	/**
	 * Lists the changes with which an old listener misses an event, or gets the events of
	 * an aggregate out of order, one line each.
	 */
	static List<String> compare(AsyncContract released, AsyncContract current) {
		List<String> breaks = new ArrayList<>();
		Map<String, Set<String>> topics = current.events();
		released.events()
			.forEach((type, before) -> before.stream()
				.filter((topic) -> !topics.getOrDefault(type, Set.of()).contains(topic))
				.forEach((topic) -> breaks.add(type + ": no longer in " + topic)));
		Map<String, String> keys = current.keys();
		released.keys()
			.entrySet()
			.stream()
			.filter((event) -> !event.getValue().equals(keys.get(event.getKey())))
			.forEach((event) -> breaks
				.add(event.getKey() + ": key was " + event.getValue() + ", is " + keys.get(event.getKey())));
		return breaks;
	}

}
