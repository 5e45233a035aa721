package dev.agora.chart;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/** Rules for roll-outs: no request fails, and nothing remains. */
final class RolloutRules {

	private static final Pattern NAME = Pattern.compile("dns://([^.]+)\\.");

	/**
	 * The time for which name servers return outdated responses where clusters cache
	 * their own names, and the interval at which gateways look names up.
	 */
	private static final int NAME_SECONDS = 30 + 5;

	static final Rule NAMES = new Rule("an instance serves until the gateways no longer have its name",
			(rendering) -> rendering.all("ConfigMap")
				.flatMap((settings) -> NAME.matcher(settings.at("/data").toString()).results())
				.map((MatchResult name) -> name.group(1))
				.flatMap((service) -> shortSleeps(rendering, service)));

	static final Rule UNREADY = new Rule("a Service of instances has no instance that is not ready",
			(rendering) -> rendering.all("Service")
				.filter((service) -> service.at("/spec/publishNotReadyAddresses").asBoolean(false))
				.filter((service) -> deployments(rendering, service).findAny().isPresent())
				.map((service) -> service.id() + " has instances that are not ready"));

	static final Rule STARTS = new Rule("a trial backend may take as long to start as a service",
			(rendering) -> rendering.all("StatefulSet")
				.filter((backend) -> startSeconds(
						backend) < rendering.all("Deployment").mapToInt(RolloutRules::startSeconds).max().orElse(0))
				.map((backend) -> backend.id() + " is killed after " + startSeconds(backend) + " s"));

	static final Rule REMAINS = new Rule("no hook that has succeeded remains", (rendering) -> rendering.manifests()
		.stream()
		.filter((manifest) -> !manifest.hook().isEmpty())
		.filter((manifest) -> !deletePolicy(manifest).containsAll(List.of("before-hook-creation", "hook-succeeded")))
		.map((manifest) -> manifest.id() + " remains after the release"));

	static final Rule PERMISSIONS = new Rule(
			"a pod with a token may list and watch endpoint slices, and do nothing else",
			(rendering) -> Stream.concat(excessiveRoles(rendering), unboundTokens(rendering)));

	static final List<Rule> ALL = List.of(NAMES, UNREADY, STARTS, REMAINS, PERMISSIONS);

	private RolloutRules() {
	}

	private static Stream<String> shortSleeps(Rendering rendering, String service) {
		return deployments(rendering, rendering.get("Service/" + service))
			.filter((owner) -> sleep(owner) < NAME_SECONDS)
			.map((owner) -> owner.id() + " stops " + sleep(owner) + " s after it was removed, and names may be "
					+ NAME_SECONDS + " s old");
	}

	private static int sleep(Manifest owner) {
		return owner.at("/spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds").asInt(0);
	}

	private static Stream<Manifest> deployments(Rendering rendering, Manifest service) {
		return rendering.all("Deployment")
			.filter((owner) -> Pod.of(owner)
				.anyMatch((pod) -> Selector.isSubset(service.at("/spec/selector"), pod.labels())));
	}

	private static int startSeconds(Manifest owner) {
		JsonNode probe = owner.at("/spec/template/spec/containers/0/startupProbe");
		return probe.path("periodSeconds").asInt(10) * probe.path("failureThreshold").asInt(3);
	}

	private static Set<String> deletePolicy(Manifest manifest) {
		return Set.of(manifest.tree()
			.path("metadata")
			.path("annotations")
			.path("helm.sh/hook-delete-policy")
			.asString("before-hook-creation")
			.split(","));
	}

	private static Stream<String> excessiveRoles(Rendering rendering) {
		Stream<String> wide = Stream.of("ClusterRole", "ClusterRoleBinding").flatMap(rendering::all).map(Manifest::id);
		Stream<String> more = rendering.all("Role")
			.filter((role) -> !role.at("/rules")
				.toString()
				.equals("[{\"apiGroups\":[\"discovery.k8s.io\"],\"resources\":[\"endpointslices\"],"
						+ "\"verbs\":[\"list\",\"watch\"]}]"))
			.map(Manifest::id);
		return Stream.concat(wide, more).map((role) -> role + " permits more than to list and watch endpoint slices");
	}

	/** Finds tokens of accounts that have no role, which would be of no use. */
	private static Stream<String> unboundTokens(Rendering rendering) {
		List<String> bound = rendering.all("RoleBinding").map((binding) -> binding.text("/subjects/0/name")).toList();
		return rendering.pods()
			.filter((pod) -> pod.spec().path("volumes").toString().contains("serviceAccountToken"))
			.filter((pod) -> !bound.contains(pod.spec().path("serviceAccountName").asString("")))
			.map((pod) -> pod.owner().id() + " has a token without permissions");
	}

}
