package dev.agora.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Finds the references of an object, as {@code Kind/name} or {@code Kind/name#key}. */
final class References {

	private References() {
	}

	static List<String> of(Manifest manifest) {
		List<String> found = new ArrayList<>();
		Pod.of(manifest).forEach((pod) -> addOfPod(pod.spec(), found));
		switch (manifest.kind()) {
			case "StatefulSet" -> found.add("Service/" + manifest.text("/spec/serviceName"));
			case "HorizontalPodAutoscaler" -> found.add("Deployment/" + manifest.text("/spec/scaleTargetRef/name"));
			case "ScaledObject" -> addOfScaledObject(manifest, found);
			case "TriggerAuthentication" -> manifest.at("/spec/secretTargetRef")
				.forEach((secret) -> found.add(keyed("Secret", secret.path("name"), secret.path("key"))));
			case "RoleBinding" -> {
				found.add("Role/" + manifest.text("/roleRef/name"));
				manifest.at("/subjects").forEach((subject) -> found.add(named("ServiceAccount", subject.path("name"))));
			}
			case "Ingress" -> addOfIngress(manifest, found);
			case "HTTPRoute" -> manifest.at("/spec/rules")
				.forEach((rule) -> rule.path("backendRefs")
					.forEach((service) -> found.add(keyed("Service", service.path("name"), service.path("port")))));
			default -> {
			}
		}
		return found;
	}

	private static void addOfPod(JsonNode spec, List<String> found) {
		spec.path("imagePullSecrets").forEach((secret) -> found.add(named("Secret", secret.path("name"))));
		if (spec.has("serviceAccountName")) {
			found.add(named("ServiceAccount", spec.path("serviceAccountName")));
		}
		spec.path("volumes").forEach((volume) -> addOfVolume(volume, found));
		Set<String> volumes = spec.path("volumes")
			.valueStream()
			.map((volume) -> volume.path("name").asString())
			.collect(Collectors.toSet());
		for (JsonNode container : spec.path("containers")) {
			addOfContainer(container, found);
			container.path("volumeMounts")
				.valueStream()
				.map((mount) -> mount.path("name").asString())
				.filter((name) -> !volumes.contains(name))
				.forEach((name) -> found.add("Volume/" + name));
		}
	}

	private static void addOfVolume(JsonNode volume, List<String> found) {
		addKeyed("Secret", volume.at("/secret/secretName"), volume.at("/secret/items"), found);
		addKeyed("ConfigMap", volume.at("/configMap/name"), volume.at("/configMap/items"), found);
	}

	private static void addKeyed(String kind, JsonNode name, JsonNode items, List<String> found) {
		if (!name.isMissingNode()) {
			found.add(named(kind, name));
			items.forEach((item) -> found.add(keyed(kind, name, item.path("key"))));
		}
	}

	private static void addOfContainer(JsonNode container, List<String> found) {
		container.path("envFrom").forEach((source) -> {
			addKeyed("ConfigMap", source.at("/configMapRef/name"), MissingNode.getInstance(), found);
			addKeyed("Secret", source.at("/secretRef/name"), MissingNode.getInstance(), found);
		});
		for (JsonNode variable : container.path("env")) {
			JsonNode from = variable.path("valueFrom");
			if (from.has("secretKeyRef")) {
				found.add(keyed("Secret", from.at("/secretKeyRef/name"), from.at("/secretKeyRef/key")));
			}
			if (from.has("configMapKeyRef")) {
				found.add(keyed("ConfigMap", from.at("/configMapKeyRef/name"), from.at("/configMapKeyRef/key")));
			}
		}
		for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
			Stream.of("/httpGet/port", "/tcpSocket/port")
				.map(container.path(probe)::at)
				.filter((port) -> !port.isMissingNode())
				.filter((port) -> container.path("ports").valueStream().noneMatch((own) -> Pod.is(own, port)))
				.forEach((port) -> found.add("Port/" + port.asString()));
		}
	}

	private static void addOfScaledObject(Manifest manifest, List<String> found) {
		found.add("Deployment/" + manifest.text("/spec/scaleTargetRef/name"));
		manifest.at("/spec/triggers")
			.valueStream()
			.map((trigger) -> trigger.at("/authenticationRef/name"))
			.filter((name) -> !name.isMissingNode())
			.forEach((name) -> found.add(named("TriggerAuthentication", name)));
	}

	private static void addOfIngress(Manifest manifest, List<String> found) {
		manifest.at("/spec/tls").forEach((tls) -> found.add(named("Secret", tls.path("secretName"))));
		for (JsonNode rule : manifest.at("/spec/rules")) {
			rule.at("/http/paths")
				.valueStream()
				.map((path) -> path.at("/backend/service"))
				.forEach((service) -> found.add(keyed("Service", service.path("name"), service.at("/port/name"))));
		}
	}

	private static String named(String kind, JsonNode name) {
		return kind + "/" + name.asString();
	}

	private static String keyed(String kind, JsonNode name, JsonNode key) {
		return named(kind, name) + "#" + key.asString();
	}

}
