package dev.agora.chart;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/** Rules for pods and their containers. */
final class PodRules {

	private static final Map<String, String> RESTRICTED_POD = Map.of("/automountServiceAccountToken", "false",
			"/enableServiceLinks", "false", "/securityContext/runAsNonRoot", "true",
			"/securityContext/seccompProfile/type", "RuntimeDefault");

	private static final Map<String, String> RESTRICTED_CONTAINER = Map.of("/securityContext/allowPrivilegeEscalation",
			"false", "/securityContext/readOnlyRootFilesystem", "true", "/securityContext/capabilities/drop/0", "ALL");

	private static final Set<String> FORBIDDEN_OF_POD = Set.of("hostNetwork", "hostPID", "hostIPC");

	private static final Set<String> ALLOWED_VOLUMES = Set.of("name", "configMap", "csi", "downwardAPI", "emptyDir",
			"ephemeral", "persistentVolumeClaim", "projected", "secret");

	static final Rule SECURITY = new Rule("pods meet the restricted Pod Security Standard and further restrictions",
			(rendering) -> rendering.pods().flatMap(PodRules::violations));

	static final Rule RESOURCES = new Rule("containers have requests and limits", (rendering) -> rendering.pods()
		.flatMap((pod) -> pod.containers().flatMap((container) -> missingResources(pod, container))));

	static final Rule IMAGES = new Rule("images have a fixed version", (rendering) -> rendering.pods()
		.flatMap((pod) -> pod.containers()
			.map((container) -> container.path("image").asString(""))
			.filter((
					image) -> !image.matches("[^\\s:@]+(:[0-9]+/[^\\s:@]+)?(:(?!latest)[\\w.-]+|@sha256:[0-9a-f]{64})"))
			.map((image) -> id(pod) + " runs the image " + image)));

	static final Rule PROBES = new Rule("pods have a startup, a liveness and a readiness probe",
			(rendering) -> Stream.of("Deployment", "StatefulSet")
				.flatMap(rendering::all)
				.flatMap(Pod::of)
				.flatMap((pod) -> pod.containers().flatMap((container) -> missingProbes(pod, container))));

	static final Rule MANAGEMENT = new Rule("services are probed at their management port", (rendering) -> rendering
		.all("Deployment")
		.flatMap(Pod::of)
		.filter((pod) -> !probesOf(pod).allMatch((probe) -> probe.at("/httpGet/port").asString().equals("management")))
		.map((pod) -> id(pod) + " is probed at another port"));

	/**
	 * The seconds to send the last events (2), close the clients (4), and one in reserve.
	 */
	private static final int CLOSE_SECONDS = 7;

	private static final String GRACE = "terminationGracePeriodSeconds";

	private static final int HANGING_SECONDS = 10;

	/** The console serves no clients, so that it does not drain. */
	static final Rule DRAIN = new Rule("the grace period of a pod is longer than its drain",
			(rendering) -> rendering.all("Deployment")
				.filter((owner) -> !owner.name().endsWith("-console"))
				.flatMap((owner) -> shortGracePeriods(rendering, owner)));

	static final Rule HANGING = new Rule("an instance that hangs is killed after 10 seconds",
			(rendering) -> rendering.all("Deployment")
				.flatMap(Pod::of)
				.filter((pod) -> !pod.containers().allMatch(PodRules::isKilledWhenItHangs))
				.map((pod) -> id(pod) + " has other grace periods in its probes"));

	static final List<Rule> ALL = List.of(SECURITY, RESOURCES, IMAGES, PROBES, MANAGEMENT, DRAIN, HANGING);

	private PodRules() {
	}

	private static Stream<String> violations(Pod pod) {
		Stream<String> ofPod = missing(pod.spec(), RESTRICTED_POD);
		Stream<String> forbidden = FORBIDDEN_OF_POD.stream().filter((field) -> pod.spec().path(field).asBoolean(false));
		Stream<String> volumes = pod.spec()
			.path("volumes")
			.valueStream()
			.flatMap((volume) -> volume.propertyNames().stream())
			.filter((type) -> !ALLOWED_VOLUMES.contains(type));
		Stream<String> root = Stream.of("runAsUser", "runAsGroup")
			.filter((field) -> pod.spec().path("securityContext").path(field).asInt(0) == 0);
		Stream<String> containers = pod.containers().flatMap(PodRules::violationsOf);
		return Stream.of(ofPod, forbidden, volumes, root, containers)
			.flatMap((found) -> found)
			.map((found) -> id(pod) + " violates a restriction: " + found);
	}

	private static Stream<String> violationsOf(JsonNode container) {
		JsonNode context = container.path("securityContext");
		Stream<String> added = context.at("/capabilities/add").valueStream().map((capability) -> "adds " + capability);
		Stream<String> loosened = Stream.of("privileged", "procMount", "runAsUser", "runAsNonRoot", "seccompProfile")
			.filter(context::has)
			.map((field) -> "a container has its own " + field);
		Stream<String> host = container.path("ports")
			.valueStream()
			.filter((port) -> port.has("hostPort"))
			.map((port) -> "uses a port of the host");
		return Stream.of(missing(container, RESTRICTED_CONTAINER), added, loosened, host).flatMap((found) -> found);
	}

	private static Stream<String> missing(JsonNode node, Map<String, String> required) {
		return required.entrySet()
			.stream()
			.filter((entry) -> !node.at(entry.getKey()).asString("").equals(entry.getValue()))
			.map((entry) -> entry.getKey() + " must be " + entry.getValue());
	}

	private static Stream<String> missingResources(Pod pod, JsonNode container) {
		return Stream.of("/requests/cpu", "/requests/memory", "/limits/cpu", "/limits/memory")
			.filter((pointer) -> container.path("resources").at(pointer).isMissingNode())
			.map((pointer) -> id(pod) + " has no " + pointer);
	}

	private static Stream<String> missingProbes(Pod pod, JsonNode container) {
		return Stream.of("startupProbe", "livenessProbe", "readinessProbe")
			.filter((probe) -> !container.has(probe))
			.map((probe) -> id(pod) + " has no " + probe);
	}

	private static Stream<JsonNode> probesOf(Pod pod) {
		return pod.containers()
			.flatMap((container) -> Stream.of("startupProbe", "livenessProbe", "readinessProbe").map(container::path));
	}

	private static Stream<String> shortGracePeriods(Rendering rendering, Manifest owner) {
		JsonNode spec = owner.at("/spec/template/spec");
		Manifest settings = rendering.get("ConfigMap/" + owner.name());
		int sleep = spec.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt(0);
		int needed = sleep + seconds(settings, "AGORA_DRAIN_DELAY")
				+ seconds(settings, "SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE") + CLOSE_SECONDS;
		int grace = spec.path(GRACE).asInt(30);
		return (sleep > 0 && grace >= needed) ? Stream.empty() : Stream.of(owner.id() + " has a grace period of "
				+ grace + " s, sleeps " + sleep + " s and needs " + needed + " s");
	}

	/** The API refuses a grace period of a readiness probe, which ends nothing. */
	private static boolean isKilledWhenItHangs(JsonNode container) {
		return Stream.of("startupProbe", "livenessProbe")
			.allMatch((probe) -> container.path(probe).path(GRACE).asInt(0) == HANGING_SECONDS)
				&& !container.path("readinessProbe").has(GRACE);
	}

	private static int seconds(Manifest settings, String variable) {
		return Integer.parseInt(settings.at("/data").path(variable).asString().replace("s", ""));
	}

	private static String id(Pod pod) {
		return pod.owner().id();
	}

}
