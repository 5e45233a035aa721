package dev.agora.chart;

import java.util.Map;

import tools.jackson.databind.JsonNode;

/** How Kubernetes finds objects by their labels. */
final class Selector {

	private Selector() {
	}

	/** A label selector; an empty one selects everything. */
	static boolean matches(JsonNode selector, Map<String, String> labels) {
		return isSubset(selector.path("matchLabels"), labels) && selector.path("matchExpressions")
			.valueStream()
			.allMatch((expression) -> holds(expression, labels.get(expression.path("key").asString())));
	}

	/** Plain labels, as those of a Service. */
	static boolean isSubset(JsonNode wanted, Map<String, String> labels) {
		return labels.entrySet().containsAll(Manifest.labels(wanted).entrySet());
	}

	private static boolean holds(JsonNode expression, @org.jspecify.annotations.Nullable String value) {
		boolean listed = expression.path("values").valueStream().anyMatch((one) -> one.asString().equals(value));
		return switch (expression.path("operator").asString()) {
			case "In" -> listed;
			case "NotIn" -> !listed;
			case "Exists" -> value != null;
			case "DoesNotExist" -> value == null;
			default -> throw new IllegalArgumentException("No such operator: " + expression);
		};
	}

}
