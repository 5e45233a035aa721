package dev.agora.chart;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/** Rules for references between objects. */
final class ReferenceRules {

	static final Rule REFERENCES = new Rule("every reference leads to an existing object",
			(rendering) -> rendering.manifests().stream().flatMap((manifest) -> dangling(rendering, manifest)));

	static final Rule HOOKS = new Rule("objects that are created before the release do not depend on it",
			(rendering) -> rendering.manifests()
				.stream()
				.filter((manifest) -> manifest.hook().contains("pre-install"))
				.flatMap((manifest) -> References.of(manifest)
					.stream()
					.filter((reference) -> !isExistingSecret(rendering, reference))
					.map((reference) -> manifest.id() + " is created before " + reference)));

	static final Rule SELECTORS = new Rule("every budget and every network policy selects existing pods and ports",
			(rendering) -> Stream.concat(idleBudgets(rendering), idlePolicies(rendering)));

	static final Rule NAMES = new Rule("no two objects have the same name", (rendering) -> {
		List<String> ids = rendering.manifests().stream().map(Manifest::id).toList();
		return Set.copyOf(ids).stream().filter((id) -> ids.indexOf(id) != ids.lastIndexOf(id));
	});

	static final List<Rule> ALL = List.of(REFERENCES, HOOKS, SELECTORS, NAMES);

	private ReferenceRules() {
	}

	private static Stream<String> dangling(Rendering rendering, Manifest manifest) {
		Set<String> claims = manifest.at("/spec/volumeClaimTemplates")
			.valueStream()
			.map((claim) -> "Volume/" + claim.at("/metadata/name").asString())
			.collect(Collectors.toSet());
		return References.of(manifest)
			.stream()
			.filter((reference) -> !claims.contains(reference))
			.filter((reference) -> !isExistingSecret(rendering, reference) && !exists(rendering, reference))
			.map((reference) -> manifest.id() + " refers to " + reference);
	}

	private static boolean isExistingSecret(Rendering rendering, String reference) {
		return reference.startsWith("Secret/") && rendering.existingSecrets()
			.contains(reference.substring("Secret/".length()).replaceFirst("#.*", ""));
	}

	private static boolean exists(Rendering rendering, String reference) {
		int hash = reference.indexOf('#');
		if (hash < 0 || !rendering.has(reference.substring(0, hash))) {
			return rendering.has(reference);
		}
		Manifest target = rendering.get(reference.substring(0, hash));
		String key = reference.substring(hash + 1);
		return target.kind().equals("Service") ? target.at("/spec/ports")
			.valueStream()
			.anyMatch((port) -> port.path("name").asString("").equals(key) || port.path("port").asString().equals(key))
				: target.at("/data").has(key);
	}

	private static Stream<String> idleBudgets(Rendering rendering) {
		return rendering.all("PodDisruptionBudget")
			.filter((budget) -> rendering.pods().noneMatch((pod) -> pod.isSelectedBy(budget.at("/spec/selector"))))
			.map((budget) -> budget.id() + " selects no pods");
	}

	private static Stream<String> idlePolicies(Rendering rendering) {
		return rendering.all("NetworkPolicy").flatMap((policy) -> {
			List<Pod> pods = selected(rendering, policy.at("/spec/podSelector"));
			Stream<JsonNode> idle = pods.isEmpty() ? Stream.of(policy.at("/spec/podSelector")) : Stream.concat(
					peers(policy).filter((peer) -> selected(rendering, peer).isEmpty()), unknownPorts(policy, pods));
			return idle.map((node) -> policy.id() + " selects nothing: " + node);
		});
	}

	private static Stream<JsonNode> peers(Manifest policy) {
		return Stream.of("ingress", "egress")
			.flatMap((way) -> policy.at("/spec/" + way).valueStream())
			.flatMap((rule) -> Stream.concat(rule.path("from").valueStream(), rule.path("to").valueStream()))
			.filter((peer) -> peer.has("podSelector") && !peer.has("namespaceSelector"))
			.map((peer) -> peer.path("podSelector"));
	}

	/**
	 * Finds unknown ports of ingress rules; the targets of egress rules may be outside.
	 */
	private static Stream<JsonNode> unknownPorts(Manifest policy, List<Pod> pods) {
		return policy.at("/spec/ingress")
			.valueStream()
			.flatMap((rule) -> rule.path("ports").valueStream())
			.map((port) -> port.path("port"))
			.filter((port) -> pods.stream().noneMatch((pod) -> pod.listensOn(port)));
	}

	private static List<Pod> selected(Rendering rendering, JsonNode selector) {
		return rendering.pods().filter((pod) -> pod.isSelectedBy(selector)).toList();
	}

}
