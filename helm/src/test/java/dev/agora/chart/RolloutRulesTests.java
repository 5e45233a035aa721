package dev.agora.chart;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Plants violations of the rules for roll-outs. */
class RolloutRulesTests {

	private static final Chart CHART = Chart.of("values-trial.yaml");

	private static final Rendering TRIAL = CHART.render();

	private static final Rendering WATCHING = CHART.set("discovery.by", "endpoints").render();

	private static final String POD = "/spec/template/spec";

	@Test
	void findsAnInstanceThatStopsWhileItsNameIsCached() {
		finds(RolloutRules.NAMES, TRIAL.with("Deployment/agora-feed-service",
				POD + "/containers/0/lifecycle/preStop/sleep/seconds", "34"));
		finds(RolloutRules.NAMES, CHART.set("discovery.nameCache", 0).render());
		assertThat(RolloutRules.NAMES.violationsIn(CHART.set("discovery.nameCache", 60).render())).isEmpty();
	}

	@Test
	void findsAServiceWithInstancesThatAreNotReady() {
		finds(RolloutRules.UNREADY, TRIAL.with("Service/agora-feed-service", "/spec/publishNotReadyAddresses", "true"));
	}

	@Test
	void findsABackendThatIsKilledWhileItStarts() {
		finds(RolloutRules.STARTS,
				TRIAL.with("StatefulSet/agora-kafka", POD + "/containers/0/startupProbe/failureThreshold", "60"));
		assertThat(RolloutRules.STARTS.violationsIn(CHART.set("probes.startup", 1200).render())).isEmpty();
	}

	@Test
	void findsAHookThatRemains() {
		finds(RolloutRules.REMAINS,
				TRIAL.without("Pod/agora-journey", "/metadata/annotations/helm.sh~1hook-delete-policy"));
		finds(RolloutRules.REMAINS, TRIAL.with("Pod/agora-journey", "/metadata/annotations/helm.sh~1hook-delete-policy",
				"before-hook-creation"));
	}

	@Test
	void findsMorePermissionsThanTheGatewayNeeds() {
		assertThat(RolloutRules.PERMISSIONS.violationsIn(WATCHING)).isEmpty();
		finds(RolloutRules.PERMISSIONS, WATCHING.with("Role/agora-gateway", "/rules/0/verbs/-", "delete"));
		finds(RolloutRules.PERMISSIONS, WATCHING.with("Role/agora-gateway", "/rules/0/resources/-", "secrets"));
		finds(RolloutRules.PERMISSIONS,
				WATCHING.without((manifest) -> manifest.id().equals("RoleBinding/agora-gateway")));
	}

	@Test
	void readsTheApiOnlyIfTheGatewayWatchesEndpoints() {
		assertThat(TRIAL.manifests()).noneMatch((manifest) -> manifest.kind().startsWith("Role"))
			.noneMatch((manifest) -> manifest.tree().toString().contains("serviceAccountToken"));
		assertThat(WATCHING.pods()
			.filter((pod) -> pod.spec().toString().contains("serviceAccountToken"))
			.map(Pod::component)).containsExactly("gateway");
		assertThat(WATCHING.get("ConfigMap/agora-gateway").text("/data/AGORA_CLONES_FEEDSERVICE"))
			.isEqualTo("kubernetes://shop/agora-feed-service/http");
		assertThat(WATCHING.get("ConfigMap/agora-gateway").text("/data/GATEWAY_KUBERNETES_API"))
			.isEqualTo("https://kubernetes.default.svc.cluster.local");
		assertThat(Network.of(WATCHING).connections()).contains("gateway -> outside:443", "gateway -> outside:6443")
			.doesNotContain("feed-service -> outside:443");
	}

	@Test
	void drainsShortlyIfTheGatewayWatchesEndpoints() {
		String sleep = POD + "/containers/0/lifecycle/preStop/sleep/seconds";
		assertThat(TRIAL.get("Deployment/agora-feed-service").at(sleep).asInt()).isEqualTo(40);
		assertThat(TRIAL.get("Deployment/agora-gateway").at(sleep).asInt()).as("which no name leads to").isEqualTo(5);
		assertThat(WATCHING.get("Deployment/agora-feed-service").at(sleep).asInt()).isEqualTo(5);
	}

	private static void finds(Rule rule, Rendering planted) {
		assertThat(rule.violationsIn(planted)).as(rule.name()).isNotEmpty();
	}

}
