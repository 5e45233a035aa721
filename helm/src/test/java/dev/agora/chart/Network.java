package dev.agora.chart;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * Who may reach whom under the network policies of a rendering, as Kubernetes reads them:
 * a pod that no policy selects may do everything, any other only what some policy allows.
 *
 * @param pods of the release
 * @param policies of the release
 */
record Network(List<Pod> pods, List<Manifest> policies) {

	static Network of(Rendering rendering) {
		return new Network(rendering.pods().toList(), rendering.all("NetworkPolicy").toList());
	}

	/** All ways that are open, as in {@code gateway -> feed-service:http}. */
	Set<String> arrows() {
		Set<String> arrows = new TreeSet<>();
		for (Pod pod : this.pods) {
			waysIn(pod).forEach(arrows::add);
			waysOut(pod).forEach(arrows::add);
		}
		return arrows;
	}

	private Stream<String> waysIn(Pod to) {
		return to.ports().stream().flatMap((port) -> {
			String target = " -> " + to.component() + ":" + port.path("name").asString();
			Stream<String> inside = this.pods.stream()
				.filter((from) -> mayLeave(from, to, port) && mayEnter(from, to, port))
				.map((from) -> from.component() + target);
			return mayEnter(null, to, port) ? Stream.concat(inside, Stream.of("outside" + target)) : inside;
		});
	}

	/** To what is not of the release. */
	private Stream<String> waysOut(Pod from) {
		if (policiesFor(from, "Egress").isEmpty()) {
			return Stream.of(from.component() + " -> outside:*");
		}
		return rules(from, "Egress").filter((rule) -> isOpen(rule.path("to")))
			.flatMap((rule) -> rule.has("ports")
					? rule.path("ports").valueStream().map((port) -> port.path("port").asString()) : Stream.of("*"))
			.map((port) -> from.component() + " -> outside:" + port);
	}

	private boolean mayLeave(Pod from, Pod to, JsonNode port) {
		return policiesFor(from, "Egress").isEmpty()
				|| rules(from, "Egress").anyMatch((rule) -> isFor(rule, port) && admits(rule.path("to"), to));
	}

	private boolean mayEnter(@org.jspecify.annotations.Nullable Pod from, Pod to, JsonNode port) {
		return policiesFor(to, "Ingress").isEmpty() || rules(to, "Ingress").filter((rule) -> isFor(rule, port))
			.map((rule) -> rule.path("from"))
			.anyMatch((peers) -> (from != null) ? admits(peers, from) : isOpen(peers));
	}

	private List<Manifest> policiesFor(Pod pod, String way) {
		return this.policies.stream()
			.filter((policy) -> policy.at("/spec/policyTypes")
				.valueStream()
				.anyMatch((type) -> type.asString().equals(way)))
			.filter((policy) -> pod.isSelectedBy(policy.at("/spec/podSelector")))
			.toList();
	}

	private Stream<JsonNode> rules(Pod pod, String way) {
		String field = way.equals("Egress") ? "/spec/egress" : "/spec/ingress";
		return policiesFor(pod, way).stream().flatMap((policy) -> policy.at(field).valueStream());
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

	/** Whether something outside of the release is among the peers. */
	private static boolean isOpen(JsonNode peers) {
		return peers.isMissingNode()
				|| peers.valueStream().anyMatch((peer) -> peer.has("namespaceSelector") || peer.has("ipBlock"));
	}

}
