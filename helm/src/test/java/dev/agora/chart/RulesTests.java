package dev.agora.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class RulesTests {

	private static final Map<String, Rendering> RENDERINGS = new LinkedHashMap<>();

	private static final String GATEWAY = "Deployment/agora-gateway";

	private static final String POD = "/spec/template/spec";

	private static final String CONTAINER = POD + "/containers/0";

	static {
		Chart.all().forEach((name, chart) -> RENDERINGS.put(name, chart.render()));
	}

	static Stream<Arguments> rulesAndValues() {
		return RENDERINGS.keySet().stream().flatMap((values) -> rules().map((rule) -> Arguments.of(rule, values)));
	}

	static Stream<Rule> rules() {
		return Stream
			.of(PodRules.ALL, ClusterRules.ALL, ReferenceRules.ALL, NameRules.ALL, SecretRules.ALL, MonitoringRules.ALL,
					RolloutRules.ALL, KubernetesTypes.ALL)
			.flatMap(List::stream);
	}

	@ParameterizedTest
	@MethodSource("rulesAndValues")
	void compliesWithTheRule(Rule rule, String values) {
		assertThat(rule.violationsIn(RENDERINGS.get(values))).isEmpty();
	}

	@Test
	void findsAnInsecurePod() {
		finds(PodRules.SECURITY, trial().without(GATEWAY, CONTAINER + "/securityContext/readOnlyRootFilesystem"));
		finds(PodRules.SECURITY, trial().with(GATEWAY, CONTAINER + "/securityContext/capabilities/add", "[NET_RAW]"));
		finds(PodRules.SECURITY, trial().with(GATEWAY, CONTAINER + "/securityContext/privileged", "true"));
		finds(PodRules.SECURITY, trial().with(GATEWAY, CONTAINER + "/ports/0/hostPort", "80"));
		finds(PodRules.SECURITY, trial().without(GATEWAY, POD + "/securityContext/seccompProfile"));
		finds(PodRules.SECURITY, trial().with(GATEWAY, POD + "/securityContext/runAsUser", "0"));
		finds(PodRules.SECURITY, trial().without(GATEWAY, POD + "/automountServiceAccountToken"));
		finds(PodRules.SECURITY, trial().with(GATEWAY, POD + "/hostNetwork", "true"));
		finds(PodRules.SECURITY, trial().with(GATEWAY, POD + "/volumes/-", "{name: host, hostPath: {path: /}}"));
		finds(PodRules.SECURITY, trial().without("Pod/agora-journey", "/spec/securityContext/runAsNonRoot"));
	}

	@Test
	void findsServiceLinksThatCollideWithSettings() {
		finds(PodRules.SECURITY, trial().without(GATEWAY, POD + "/enableServiceLinks"));
	}

	@Test
	void findsAContainerWithoutRequestsOrLimits() {
		finds(PodRules.RESOURCES, trial().without(GATEWAY, CONTAINER + "/resources"));
		finds(PodRules.RESOURCES, trial().without("Job/agora-topics", CONTAINER + "/resources/limits/memory"));
		finds(PodRules.RESOURCES, trial().with(GATEWAY, POD + "/initContainers", "[{name: first, image: 'a:1'}]"));
	}

	@Test
	void findsAnImageWithoutAVersion() {
		finds(PodRules.IMAGES, trial().with(GATEWAY, CONTAINER + "/image", "agora/gateway"));
		finds(PodRules.IMAGES, trial().with(GATEWAY, CONTAINER + "/image", "agora/gateway:latest"));
	}

	@Test
	void findsAMissingProbe() {
		finds(PodRules.PROBES, trial().without(GATEWAY, CONTAINER + "/startupProbe"));
		finds(PodRules.PROBES, trial().without("StatefulSet/agora-redis", CONTAINER + "/readinessProbe"));
	}

	@Test
	void findsAProbeOnTheClientsPort() {
		finds(PodRules.MANAGEMENT, trial().with(GATEWAY, CONTAINER + "/readinessProbe/httpGet/port", "http"));
	}

	@Test
	void findsAGracePeriodThatIsShorterThanTheDrain() {
		finds(PodRules.DRAIN, trial().with(GATEWAY, POD + "/terminationGracePeriodSeconds", "36"));
		finds(PodRules.DRAIN, trial().without(GATEWAY, POD + "/terminationGracePeriodSeconds"));
		finds(PodRules.DRAIN, trial().without(GATEWAY, CONTAINER + "/lifecycle"));
	}

	@Test
	void findsAHangingInstanceThatMaySleep() {
		String grace = "Probe/terminationGracePeriodSeconds";
		finds(PodRules.HANGING, trial().without(GATEWAY, CONTAINER + "/liveness" + grace));
		finds(PodRules.HANGING, trial().with(GATEWAY, CONTAINER + "/startup" + grace, "45"));
		finds(PodRules.HANGING, trial().with(GATEWAY, CONTAINER + "/readiness" + grace, "10"));
	}

	@Test
	void findsABudgetThatBlocksADrain() {
		String budget = "PodDisruptionBudget/agora-gateway";
		assertThat(ClusterRules.BUDGETS.violationsIn(trial().with(budget, "/spec", minAvailable("1"))))
			.contains("Deployment/agora-gateway may lose 0 of 1");
		assertThat(ClusterRules.BUDGETS.violationsIn(trial().with(budget, "/spec", minAvailable("90%"))))
			.contains("Deployment/agora-gateway may lose 0 of 5");
		finds(ClusterRules.BUDGETS, trial().with(budget, "/spec/maxUnavailable", "0"));
		finds(ClusterRules.BUDGETS, trial().with(budget, "/spec/maxUnavailable", "2"));
		finds(ClusterRules.BUDGETS, trial().without((manifest) -> manifest.id().equals(budget)));
	}

	private static String minAvailable(String amount) {
		return "{minAvailable: %s, selector: {matchLabels: {app.kubernetes.io/component: gateway}}}".formatted(amount);
	}

	@Test
	void findsAmbiguousScaling() {
		finds(ClusterRules.SCALING, production().with(GATEWAY, "/spec/replicas", "2"));
		finds(ClusterRules.SCALING, trial().without(GATEWAY, "/spec/replicas"));
		finds(ClusterRules.SCALING, production().with("HorizontalPodAutoscaler/agora-gateway",
				"/spec/scaleTargetRef/name", "agora-feed-worker"));
	}

	@Test
	void findsASpreadThatACordonedNodeBlocks() {
		String spread = POD + "/topologySpreadConstraints/0/nodeTaintsPolicy";
		finds(ClusterRules.SPREAD, production().without(GATEWAY, spread));
		finds(ClusterRules.SPREAD, production().with(GATEWAY, spread, "Ignore"));
	}

	@Test
	void findsAServiceWithoutPods() {
		finds(ClusterRules.SERVICES, trial().with("Service/agora-gateway", "/spec/selector/extra", "label"));
		finds(ClusterRules.SERVICES, trial().with("Service/agora-gateway", "/spec/ports/0/targetPort", "web"));
		finds(ClusterRules.SERVICES, trial().without((manifest) -> manifest.id().equals(GATEWAY)));
	}

	@Test
	void findsADanglingReference() {
		for (String id : List.of("ConfigMap/agora-gateway", "Secret/agora-identity", "Secret/agora-trial",
				"ServiceAccount/agora", "Service/agora-kafka", "ConfigMap/agora-journey")) {
			finds(ReferenceRules.REFERENCES, trial().without((manifest) -> manifest.id().equals(id)));
		}
		finds(ReferenceRules.REFERENCES, trial().without("Secret/agora-trial", "/data/mongodb-uri"));
		finds(ReferenceRules.REFERENCES, trial().without("Secret/agora-identity", "/data/jwks.json"));
		finds(ReferenceRules.REFERENCES, trial().with(GATEWAY, CONTAINER + "/livenessProbe/httpGet/port", "health"));
		finds(ReferenceRules.REFERENCES, trial().without(GATEWAY, POD + "/volumes/0"));
		finds(ReferenceRules.REFERENCES, trial().without("StatefulSet/agora-redis", "/spec/volumeClaimTemplates"));
		for (String id : List.of("Service/agora-gateway", "TriggerAuthentication/agora-feed-worker", GATEWAY)) {
			finds(ReferenceRules.REFERENCES, everything().without((manifest) -> manifest.id().equals(id)));
		}
		finds(ReferenceRules.REFERENCES, everything().with("Service/agora-gateway", "/spec/ports/0/name", "web"));
		finds(ReferenceRules.REFERENCES, everything().with("Service/agora-gateway", "/spec/ports/0/port", "81"));
	}

	@Test
	void findsASecretThatTheValuesDoNotName() {
		Rendering production = production();
		finds(ReferenceRules.REFERENCES, new Rendering(production.manifests(), java.util.Set.of()));
	}

	@Test
	void findsAHookThatDependsOnTheRelease() {
		finds(ReferenceRules.HOOKS, production().with("Job/agora-topics", POD + "/serviceAccountName", "agora"));
		finds(ReferenceRules.HOOKS, production().with("Job/agora-topics", CONTAINER + "/envFrom",
				"[{configMapRef: {name: agora-gateway}}]"));
	}

	@Test
	void findsAPolicyThatSelectsNoPods() {
		String policy = "NetworkPolicy/agora-gateway";
		finds(ReferenceRules.SELECTORS, trial().with(policy, "/spec/podSelector/matchLabels/extra", "label"));
		finds(ReferenceRules.SELECTORS, trial().with(policy, "/spec/ingress/0/ports/0/port", "web"));
		finds(ReferenceRules.SELECTORS,
				trial().with(policy, "/spec/egress/0/to", "[{podSelector: {matchLabels: {app: gone}}}]"));
		finds(ReferenceRules.SELECTORS,
				trial().with("PodDisruptionBudget/agora-gateway", "/spec/selector/matchLabels/extra", "label"));
	}

	@Test
	void findsTwoObjectsWithTheSameName() {
		Rendering trial = trial();
		finds(ReferenceRules.NAMES, new Rendering(
				Stream.concat(trial.manifests().stream(), trial.all("Secret")).toList(), trial.existingSecrets()));
	}

	@Test
	void findsAnInvalidName() {
		String service = "Service/agora-gateway";
		for (String name : List.of("1st-agora-gateway", "my.agora-gateway", "a".repeat(64))) {
			finds(NameRules.NAMES, trial().with(service, "/metadata/name", name));
		}
		finds(NameRules.NAMES, trial().with("ConfigMap/agora-gateway", "/metadata/name", "Agora"));
		finds(NameRules.LABELS, trial().with(GATEWAY, "/spec/template/metadata/labels/build", "a b"));
		finds(NameRules.LABELS, trial().with(service, "/spec/selector/build", "a".repeat(64)));
	}

	@Test
	void findsASecretInsideAnotherText() {
		String feed = "Deployment/agora-feed-service";
		finds(SecretRules.WHOLE, trial().with(feed, CONTAINER + "/env/-",
				"{name: LOGIN, value: 'password=\"$(AGORA_REDIS_PASSWORD)\";'}"));
		finds(SecretRules.WHOLE,
				trial().with("StatefulSet/agora-redis", CONTAINER + "/command", "[redis, '--pass=$(PASSWORD)']"));
	}

	@Test
	void findsAnUnknownField() {
		finds(KubernetesTypes.RULE, trial().with(GATEWAY, CONTAINER + "/readynessProbe", "{}"));
		finds(KubernetesTypes.RULE, trial().with(GATEWAY, "/spec/replicas", "two"));
		finds(KubernetesTypes.RULE, trial().with(GATEWAY, "/apiVersion", "apps/v1beta1"));
		finds(KubernetesTypes.RULE, trial().with(GATEWAY, "/spec/selector/matchLabels/instance", "12"));
		finds(KubernetesTypes.RULE, trial().with(GATEWAY, POD + "/serviceAccountName", "true"));
		finds(KubernetesTypes.RULE,
				production().with("HorizontalPodAutoscaler/agora-gateway", "/spec/minReplica", "2"));
		finds(KubernetesTypes.RULE, everything().with("ScaledObject/agora-feed-worker", "/spec/minReplicas", "2"));
		finds(KubernetesTypes.RULE, everything().with("HTTPRoute/agora-gateway", "/spec/hosts", "[]"));
	}

	private static void finds(Rule rule, Rendering planted) {
		assertThat(rule.violationsIn(planted)).as(rule.name()).isNotEmpty();
	}

	private static Rendering trial() {
		return RENDERINGS.get("trial");
	}

	private static Rendering production() {
		return RENDERINGS.get("production");
	}

	private static Rendering everything() {
		return RENDERINGS.get("everything");
	}

}
