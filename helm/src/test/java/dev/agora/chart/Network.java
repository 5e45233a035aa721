package dev.agora.chart;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * Evaluates the network policies of a rendering as Kubernetes does. A pod that no policy
 * selects may connect to everything; any other pod has the connections that at least one
 * policy allows.
 *
 * @param pods the pods of the release
 * @param policies the policies of the release
 */
record Network(List<Pod> pods, List<Manifest> policies) {

	static Network of(Rendering rendering) {
		return new Network(rendering.pods().toList(), rendering.all("NetworkPolicy").toList());
	}

	/** Returns the allowed connections, such as {@code gateway -> feed-service:http}. */
	Set<String> connections() {
		Set<String> connections = new TreeSet<>();
		for (Pod pod : this.pods) {
			ingressTo(pod).forEach(connections::add);
			egressFrom(pod).forEach(connections::add);
		}
		return connections;
	}

	private Stream<String> ingressTo(Pod to) {
		return to.ports().stream().flatMap((port) -> {
			String target = " -> " + to.component() + ":" + port.path("name").asString();
			Stream<String> inside = this.pods.stream()
				.filter((from) -> allowsEgress(from, to, port) && allowsIngress(from, to, port))
				.map((from) -> from.component() + target);
			return allowsIngress(null, to, port) ? Stream.concat(inside, Stream.of("outside" + target)) : inside;
		});
	}

	/** Finds connections to targets outside of the release. */
	private Stream<String> egressFrom(Pod from) {
		if (policiesFor(from, "Egress").isEmpty()) {
			return Stream.of(from.component() + " -> outside:*");
		}
		return rules(from, "Egress").filter((rule) -> includesOutside(rule.path("to")))
			.flatMap((rule) -> rule.has("ports")
					? rule.path("ports").valueStream().map((port) -> port.path("port").asString()) : Stream.of("*"))
			.map((port) -> from.component() + " -> outside:" + port);
	}

	private boolean allowsEgress(Pod from, Pod to, JsonNode port) {
		return policiesFor(from, "Egress").isEmpty()
				|| rules(from, "Egress").anyMatch((rule) -> isFor(rule, port) && admits(rule.path("to"), to));
	}

	private boolean allowsIngress(@org.jspecify.annotations.Nullable Pod from, Pod to, JsonNode port) {
		return policiesFor(to, "Ingress").isEmpty() || rules(to, "Ingress").filter((rule) -> isFor(rule, port))
			.map((rule) -> rule.path("from"))
			.anyMatch((peers) -> (from != null) ? admits(peers, from) : includesOutside(peers));
	}

	private List<Manifest> policiesFor(Pod pod, String direction) {
		return this.policies.stream()
			.filter((policy) -> policy.at("/spec/policyTypes")
				.valueStream()
				.anyMatch((type) -> type.asString().equals(direction)))
			.filter((policy) -> pod.isSelectedBy(policy.at("/spec/podSelector")))
			.toList();
	}

	private Stream<JsonNode> rules(Pod pod, String direction) {
		String field = direction.equals("Egress") ? "/spec/egress" : "/spec/ingress";
		return policiesFor(pod, direction).stream().flatMap((policy) -> policy.at(field).valueStream());
	}

	private static boolean isFor(JsonNode rule, JsonNode port) {
		return !rule.has("ports")
				|| rule.path("ports").valueStream().anyMatch((allowed) -> Pod.is(port, allowed.path("port")));
	}

	private static boolean admits(JsonNode peers, Pod pod) {
		return peers.isMissingNode() || peers.valueStream()
			.anyMatch((peer) -> peer.has("podSelector") && !peer.has("namespaceSelector")
					&& pod.isSelectedBy(peer.path("podSelector")));
	}

	/** Whether the peers include addresses outside of the release. */
	private static boolean includesOutside(JsonNode peers) {
		return peers.isMissingNode()
				|| peers.valueStream().anyMatch((peer) -> peer.has("namespaceSelector") || peer.has("ipBlock"));
	}

}
