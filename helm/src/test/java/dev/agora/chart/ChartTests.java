package dev.agora.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the effects of values on the rendered objects. */
class ChartTests {

	private static final Chart TRIAL = Chart.of("values-trial.yaml");

	private static final Chart SCALED = TRIAL.set("workloads.gateway.autoscaling.enabled", true);

	private static final String GATEWAY = "Deployment/agora-gateway";

	private static final Rendering RENDERED = TRIAL.render();

	@Test
	void sendsMailsOfMembersJobsOnlyIfThereIsAMailServer() {
		List<String> senders = List.of("Deployment/agora-product-service", "Deployment/agora-feed-service");
		assertThat(senders).noneMatch((sender) -> RENDERED.get(sender).tree().toString().contains("SPRING_MAIL"));
		Rendering mailing = TRIAL.set("mail.host", "smtp.example.org")
			.set("mail.from", "shop@example.org")
			.set("mail.to", "{handle}@example.org")
			.set("mail.existingSecret", "agora-mail")
			.render();
		assertThat(senders).allSatisfy((sender) -> assertThat(mailing.get(sender).tree().toString())
			.contains("SPRING_MAIL_PASSWORD", "agora-mail"));
		assertThat(mailing.get("Deployment/agora-graph-service").tree().toString()).doesNotContain("SPRING_MAIL");
	}

	@Test
	void recordsTracesOnlyIfThereIsAnAddressForThem() {
		assertThat(RENDERED.get("ConfigMap/agora-gateway").tree().toString()).doesNotContain("TRACING");
		Rendering traced = TRIAL.set("tracing.endpoint", "http://collector:4318").set("tracing.ratio", 0.2).render();
		Manifest gateway = traced.get("ConfigMap/agora-gateway");
		assertThat(gateway.text("/data/TRACING_ENDPOINT")).isEqualTo("http://collector:4318");
		assertThat(gateway.text("/data/TRACING_RATIO")).isEqualTo("0.2");
		assertThat(traced.get("ConfigMap/agora-feed-service").text("/data/TRACING_ENDPOINT"))
			.isEqualTo("http://collector:4318");
		assertThat(traced.get("ConfigMap/agora-feed-service").tree().toString()).doesNotContain("TRACING_RATIO");
		assertThat(traced.get("NetworkPolicy/agora-feed-service").tree().toString()).contains("4318");
		assertThat(RENDERED.get("NetworkPolicy/agora-feed-service").tree().toString()).doesNotContain("4318");
	}

	@Test
	void restartsOnlyTheServiceWhoseImageChanges() {
		Rendering changed = TRIAL.set("workloads.graph-service.image.tag", "v2").render();
		assertThat(restarted(RENDERED, changed)).containsExactly("agora-graph-service");
	}

	@Test
	void restartsOnlyTheServicesWhoseSettingsChange() {
		Rendering one = TRIAL.set("workloads.gateway.settings.AGORA_REDIS_POOLSIZE", 8).render();
		assertThat(restarted(RENDERED, one)).containsExactly("agora-gateway");
		assertThat(one.get("ConfigMap/agora-gateway").text("/data/AGORA_REDIS_POOLSIZE")).isEqualTo("8");
		Rendering all = TRIAL.set("settings.AGORA_KAFKA_SWEEPINTERVAL", "3s").render();
		assertThat(restarted(RENDERED, all)).hasSize(5);
	}

	@Test
	void prefersTheSettingOfAWorkloadWhateverItsValue() {
		Manifest gateway = TRIAL.set("settings.GATEWAY_ACCESS_ENABLED", true)
			.set("workloads.gateway.settings.GATEWAY_ACCESS_ENABLED", false)
			.set("settings.GATEWAY_SHED_INFLIGHT", 5)
			.set("workloads.gateway.settings.GATEWAY_SHED_INFLIGHT", 0)
			.set("workloads.gateway.settings.AGORA_DRAIN_DELAY", "")
			.render()
			.get("ConfigMap/agora-gateway");
		assertThat(gateway.text("/data/GATEWAY_ACCESS_ENABLED")).isEqualTo("false");
		assertThat(gateway.text("/data/GATEWAY_SHED_INFLIGHT")).isEqualTo("0");
		assertThat(gateway.at("/data/AGORA_DRAIN_DELAY").asString()).isEmpty();
	}

	@Test
	void setsThePullPolicyOfItsOwnImagesOnly() {
		Rendering always = TRIAL.set("image.pullPolicy", "Always").render();
		assertThat(always.pods()
			.filter((pod) -> pod.containers().anyMatch((container) -> container.has("imagePullPolicy")))
			.map((pod) -> pod.owner().kind())).hasSize(6).containsOnly("Deployment", "Job");
	}

	@Test
	void createsTopicsBeforeTheServicesUnlessTheBrokerIsInTheChart() {
		assertThat(RENDERED.get("Job/agora-topics").hook()).isEqualTo("post-install,post-upgrade");
		Rendering production = Chart.of("values-production.yaml").render();
		assertThat(production.get("Job/agora-topics").hook()).isEqualTo("pre-install,pre-upgrade");
		assertThat(variable(production.get("Job/agora-topics"), "AGORA_KAFKA_REPLICATION")).isEqualTo("3");
		assertThat(variable(production.get("Job/agora-topics"), "AGORA_TOPICS_MININSYNCREPLICAS")).isEqualTo("2");
	}

	/** Otherwise Helm would remove the number, and one instance would remain. */
	@Test
	void keepsTheInstancesThatRunWhenAutoscalingIsEnabled() {
		Rendering running = TRIAL.set("workloads.gateway.replicas", 5).render();
		assertThat(replicas(upgraded(running, TRIAL))).as("without autoscaling").isEqualTo(1);
		Rendering switched = upgraded(running, SCALED);
		assertThat(replicas(switched)).as("the upgrade that enables autoscaling").isEqualTo(5);
		Rendering scaledUp = switched.with(GATEWAY, "/spec/replicas", "7");
		assertThat(replicas(upgraded(scaledUp, SCALED))).as("the next upgrade").isEqualTo(7);
	}

	/** Otherwise a rollback to the first revision would remove the number again. */
	@Test
	void setsNoNumberOfInstancesIfAutoscalingWasAlwaysEnabled() {
		Rendering installed = SCALED.render();
		Rendering scaledUp = installed.with(GATEWAY, "/spec/replicas", "5");
		assertThat(List.of(installed, upgraded(scaledUp, SCALED)))
			.noneMatch((rendering) -> rendering.get(GATEWAY).at("/spec").has("replicas"));
	}

	@Test
	void hasTwoInstancesOfEachServiceDuringTheCheckOfACluster() {
		Rendering checked = Chart.of("values-production.yaml", "../../system-tests/cluster/values.yaml").render();
		for (String service : List.of("gateway", "session-service", "product-service", "graph-service",
				"feed-service")) {
			assertThat(checked.get("Deployment/agora-" + service).at("/spec/replicas").asInt()).isEqualTo(2);
			assertThat(checked.has("HorizontalPodAutoscaler/agora-" + service)).isFalse();
		}
	}

	private static Rendering upgraded(Rendering live, Chart chart) {
		List<Rendering> upgraded = new ArrayList<>();
		FakeCluster.withDeploymentsOf(live, () -> upgraded.add(chart.render()));
		return upgraded.get(0);
	}

	private static int replicas(Rendering rendering) {
		return rendering.get(GATEWAY).at("/spec/replicas").asInt();
	}

	/**
	 * A process that starts once for all topics, in an image that the release has anyway.
	 */
	@Test
	void createsAllTopicsInOneProcess() {
		JsonNode container = RENDERED.get("Job/agora-topics").at("/spec/template/spec/containers/0");
		String application = container.at("/args/0").asString();
		assertThat(Chart.ROOT.resolve("platform/src/main/java/" + application.replace('.', '/') + ".java")).exists();
		assertThat(container.path("image"))
			.isEqualTo(RENDERED.get("Deployment/agora-session-service").at("/spec/template/spec/containers/0/image"));
		Manifest tuned = TRIAL.set("settings.AGORA_KAFKA_CLIENT_REQUEST_TIMEOUT_MS", 9000)
			.render()
			.get("Job/agora-topics");
		assertThat(variable(tuned, "AGORA_KAFKA_CLIENT_REQUEST_TIMEOUT_MS")).isEqualTo("9000");
	}

	@Test
	void givesTheGatewayTheAddressesOfAllInstances() {
		assertThat(RENDERED.get("ConfigMap/agora-gateway").text("/data/AGORA_CLONES_FEEDSERVICE"))
			.isEqualTo("dns://agora-feed-service.shop.svc.cluster.local:8080");
		assertThat(RENDERED.get("Service/agora-feed-service").text("/spec/clusterIP")).isEqualTo("None");
	}

	@Test
	void setsAllNodesOfARedisCluster() {
		Manifest settings = Chart.of("values-production.yaml").render().get("ConfigMap/agora-gateway");
		assertThat(settings.text("/data/AGORA_REDIS_MODE")).isEqualTo("cluster");
		assertThat(settings.text("/data/AGORA_REDIS_ADDRESS")).isEqualTo(Stream.of("0", "1", "2")
			.map((number) -> "rediss://redis-" + number + ".example.com:6379")
			.collect(Collectors.joining(",")));
	}

	/**
	 * Lists the Deployments whose pods restart, apart from a change of the keys, which
	 * differ in each rendering.
	 */
	private static List<String> restarted(Rendering before, Rendering after) {
		return after.all("Deployment")
			.filter((owner) -> !template(owner).equals(template(before.get(owner.id()))))
			.map(Manifest::name)
			.toList();
	}

	private static String template(Manifest owner) {
		return owner.at("/spec/template").toString().replaceAll("\"checksum/secrets\":\"[0-9a-f]+\"", "");
	}

	static String variable(Manifest job, String name) {
		return job.at("/spec/template/spec/containers/0/env")
			.valueStream()
			.filter((variable) -> variable.path("name").asString().equals(name))
			.map((variable) -> variable.path("value"))
			.map(JsonNode::asString)
			.findFirst()
			.orElseThrow();
	}

}
