package dev.agora.chart;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * The pods that one object creates.
 *
 * @param owner the object: a Deployment, a StatefulSet, a Job, a CronJob, or the pod
 * itself
 * @param labels the labels of the pods
 * @param spec the specification of the pods
 */
record Pod(Manifest owner, Map<String, String> labels, JsonNode spec) {

	static Stream<Pod> of(Manifest owner) {
		return switch (owner.kind()) {
			case "Deployment", "StatefulSet", "Job" -> Stream.of(of(owner, "/spec/template"));
			case "CronJob" -> Stream.of(of(owner, "/spec/jobTemplate/spec/template"));
			case "Pod" -> Stream.of(of(owner, ""));
			default -> Stream.empty();
		};
	}

	private static Pod of(Manifest owner, String pointer) {
		return new Pod(owner, Manifest.labels(owner.at(pointer + "/metadata/labels")), owner.at(pointer + "/spec"));
	}

	/** Returns the component, such as {@code gateway}. */
	String component() {
		return this.labels.getOrDefault("app.kubernetes.io/component", "");
	}

	Stream<JsonNode> containers() {
		return Stream.of("initContainers", "containers").flatMap((kind) -> this.spec.path(kind).valueStream());
	}

	List<JsonNode> ports() {
		return containers().flatMap((container) -> container.path("ports").valueStream()).toList();
	}

	/** Whether a container has a port with this name or number. */
	boolean listensOn(JsonNode port) {
		return ports().stream().anyMatch((own) -> is(own, port));
	}

	static boolean is(JsonNode containerPort, JsonNode port) {
		return port.isNumber() ? containerPort.path("containerPort").asInt() == port.asInt()
				: containerPort.path("name").asString("").equals(port.asString(""));
	}

	boolean isSelectedBy(JsonNode selector) {
		return Selector.matches(selector, this.labels);
	}

}
