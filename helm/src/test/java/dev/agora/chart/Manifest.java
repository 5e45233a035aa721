package dev.agora.chart;

import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One rendered object.
 *
 * @param tree the object as Kubernetes receives it
 */
record Manifest(ObjectNode tree) {

	String kind() {
		return text("/kind");
	}

	String name() {
		return text("/metadata/name");
	}

	/**
	 * Returns the id that rules and tests use, such as {@code Deployment/agora-gateway}.
	 */
	String id() {
		return kind() + "/" + name();
	}

	JsonNode at(String pointer) {
		return this.tree.at(pointer);
	}

	String text(String pointer) {
		return at(pointer).asString("");
	}

	/** Returns the event at which Helm applies a hook, such as {@code pre-install}. */
	String hook() {
		return this.tree.path("metadata").path("annotations").path("helm.sh/hook").asString("");
	}

	static Map<String, String> labels(JsonNode labels) {
		Map<String, String> read = new LinkedHashMap<>();
		labels.forEachEntry((key, value) -> read.put(key, value.asString()));
		return read;
	}

}
