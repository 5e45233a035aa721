package dev.agora.chart;

import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * Rules for what comes out of Secrets. A password may hold any character, so whoever
 * writes it into a text with a syntax must quote it, which Kubernetes does not.
 */
final class SecretRules {

	static final Rule WHOLE = new Rule("Kubernetes puts no secret into another text",
			(rendering) -> rendering.pods()
				.flatMap((pod) -> pod.containers()
					.flatMap((container) -> secrets(container)
						.filter((secret) -> texts(container).anyMatch((text) -> isWithin(secret, text)))
						.map((secret) -> pod.owner().id() + " writes " + secret + " into a text"))));

	static final List<Rule> ALL = List.of(WHOLE);

	private SecretRules() {
	}

	/** The variables of a container that hold secrets. */
	static Stream<String> secrets(JsonNode container) {
		return container.path("env")
			.valueStream()
			.filter((variable) -> variable.at("/valueFrom").has("secretKeyRef"))
			.map((variable) -> variable.path("name").asString());
	}

	private static Stream<String> texts(JsonNode container) {
		Stream<JsonNode> values = container.path("env").valueStream().map((variable) -> variable.path("value"));
		Stream<JsonNode> words = Stream.of("command", "args").flatMap((list) -> container.path(list).valueStream());
		return Stream.concat(values, words).map((text) -> text.asString(""));
	}

	private static boolean isWithin(String secret, String text) {
		String reference = "$(" + secret + ")";
		return text.contains(reference) && !text.equals(reference);
	}

}
