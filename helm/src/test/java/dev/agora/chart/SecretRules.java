package dev.agora.chart;

import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * Rules for values from Secrets. A password may contain any character, so that a program
 * must quote it before it puts it into a text with a syntax. Kubernetes does not quote.
 */
final class SecretRules {

	static final Rule WHOLE = new Rule("Kubernetes does not insert secrets into other texts",
			(rendering) -> rendering.pods()
				.flatMap((pod) -> pod.containers()
					.flatMap((container) -> secrets(container)
						.filter((secret) -> texts(container).anyMatch((text) -> isWithin(secret, text)))
						.map((secret) -> pod.owner().id() + " inserts " + secret + " into a text"))));

	static final List<Rule> ALL = List.of(WHOLE);

	private SecretRules() {
	}

	/** Lists the variables of a container whose values come from Secrets. */
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
