package dev.agora.console.operate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;

/**
 * The items of several services.
 *
 * @param items the items, each with the name of its service
 * @param missing the reason for each service whose items could not be read, by service
 */
record Items(List<Item> items, Map<String, String> missing) {

	static Items of(String service, JsonNode page) {
		return new Items(page.path("items").valueStream().map((item) -> new Item(service, item)).toList(), Map.of());
	}

	static Items missing(String service, RuntimeException reason) {
		return new Items(List.of(), Map.of(service, String.valueOf(reason.getMessage())));
	}

	static Items join(List<Items> all) {
		Map<String, String> missing = new TreeMap<>();
		all.forEach((one) -> missing.putAll(one.missing));
		return new Items(all.stream().flatMap((one) -> one.items.stream()).toList(), missing);
	}

	/**
	 * An item.
	 *
	 * @param service the service that has it
	 * @param item what the service says of it
	 */
	record Item(String service, JsonNode item) {
	}

}
