package dev.agora.chart;

import java.util.Map;

import tools.jackson.databind.JsonNode;

/** Evaluates label selectors as Kubernetes does. */
final class Selector {

	private Selector() {
	}

	/** Whether a label selector matches; an empty selector matches everything. */
	static boolean matches(JsonNode selector, Map<String, String> labels) {
		return isSubset(selector.path("matchLabels"), labels) && selector.path("matchExpressions")
			.valueStream()
			.allMatch((expression) -> holds(expression, labels.get(expression.path("key").asString())));
	}

	/** Whether labels include those of a plain selector, such as that of a Service. */
	static boolean isSubset(JsonNode required, Map<String, String> labels) {
		return labels.entrySet().containsAll(Manifest.labels(required).entrySet());
	}

	private static boolean holds(JsonNode expression, @org.jspecify.annotations.Nullable String value) {
		boolean listed = expression.path("values").valueStream().anyMatch((one) -> one.asString().equals(value));
		return switch (expression.path("operator").asString()) {
			case "In" -> listed;
			case "NotIn" -> !listed;
			case "Exists" -> value != null;
			case "DoesNotExist" -> value == null;
			default -> throw new IllegalArgumentException("Unknown operator: " + expression);
		};
	}

}
