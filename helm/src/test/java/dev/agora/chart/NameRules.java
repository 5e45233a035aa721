package dev.agora.chart;

import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/** Rules for names and labels, which Kubernetes validates when an object is created. */
final class NameRules {

	/** The format of RFC 1035. */
	private static final String SERVICE = "[a-z]([-a-z0-9]{0,61}[a-z0-9])?";

	/** The format of RFC 1123 without dots, since pods and volumes inherit the name. */
	private static final String OBJECT = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

	private static final String LABEL = "([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?";

	static final Rule NAMES = new Rule("every name is valid in Kubernetes",
			(rendering) -> rendering.manifests()
				.stream()
				.filter((manifest) -> !manifest.name().matches(manifest.kind().equals("Service") ? SERVICE : OBJECT))
				.map((manifest) -> manifest.id() + " is not a valid name"));

	static final Rule LABELS = new Rule("every label is valid in Kubernetes",
			(rendering) -> rendering.manifests()
				.stream()
				.flatMap((manifest) -> labels(manifest).filter((value) -> !value.matches(LABEL))
					.map((value) -> manifest.id() + " has the invalid label " + value)));

	static final List<Rule> ALL = List.of(NAMES, LABELS);

	private NameRules() {
	}

	private static Stream<String> labels(Manifest manifest) {
		return Stream
			.of("/metadata/labels", "/spec/selector", "/spec/selector/matchLabels", "/spec/podSelector/matchLabels",
					"/spec/template/metadata/labels")
			.flatMap((pointer) -> manifest.at(pointer).valueStream())
			.filter(JsonNode::isValueNode)
			.map(JsonNode::asString);
	}

}
