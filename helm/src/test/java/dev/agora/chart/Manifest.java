package dev.agora.chart;

import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One rendered object.
 *
 * @param tree what Kubernetes would be sent
 */
record Manifest(ObjectNode tree) {

	String kind() {
		return text("/kind");
	}

	String name() {
		return text("/metadata/name");
	}

	/** As rules and tests name it: {@code Deployment/agora-gateway}. */
	String id() {
		return kind() + "/" + name();
	}

	JsonNode at(String pointer) {
		return this.tree.at(pointer);
	}

	String text(String pointer) {
		return at(pointer).asString("");
	}

	/** When Helm applies it on its own, for example {@code pre-install}; else empty. */
	String hook() {
		return this.tree.path("metadata").path("annotations").path("helm.sh/hook").asString("");
	}

	static Map<String, String> labels(JsonNode labels) {
		Map<String, String> read = new LinkedHashMap<>();
		labels.forEachEntry((key, value) -> read.put(key, value.asString()));
		return read;
	}

}
