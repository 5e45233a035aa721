package dev.agora.chart;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the effects of values on the rendered objects. */
class ChartTests {

	private static final Chart TRIAL = Chart.of("values-trial.yaml");

	private static final String SECRETS = "/spec/template/metadata/annotations/checksum~1secrets";

	private static final Rendering RENDERED = TRIAL.render();

	@Test
	void generatesAKeyThatSignsAndVerifies() throws Exception {
		ECKey key = ECKey.parse(secret(RENDERED, "agora-identity", "signing-key.json"));
		JWKSet keySet = JWKSet.parse(secret(RENDERED, "agora-identity", "jwks.json"));
		assertThat(key.isPrivate()).isTrue();
		assertThat(key.getCurve()).isEqualTo(Curve.P_256);
		assertThat(key.getKeyID()).hasSize(16);
		assertThat(keySet.containsNonPublicKeys()).isFalse();
		JWSObject signed = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("ann"));
		signed.sign(new ECDSASigner(key));
		assertThat(signed.verify(new ECDSAVerifier(keySet.getKeyByKeyId(key.getKeyID()).toECKey()))).isTrue();
	}

	@Test
	void generatesADifferentKeyInEachRendering() {
		assertThat(secret(RENDERED, "agora-identity", "jwks.json"))
			.isNotEqualTo(secret(TRIAL.render(), "agora-identity", "jwks.json"));
	}

	@Test
	void keepsKeysAndPasswordsDuringAnUpgrade() {
		FakeCluster.withSecretsOf(RENDERED, () -> {
			Rendering upgraded = TRIAL.set("image.tag", "v2").render();
			assertThat(upgraded.all("Secret")).containsExactlyElementsOf(RENDERED.all("Secret").toList());
			assertThat(upgraded.get("Deployment/agora-session-service").text(SECRETS))
				.isEqualTo(RENDERED.get("Deployment/agora-session-service").text(SECRETS));
		});
	}

	@Test
	void restartsThePodsWhenAnExistingSecretChanges() {
		Chart given = TRIAL.set("identity.existingSecret", "agora-identity");
		Rendering before = given.render();
		FakeCluster.withSecretsOf(RENDERED,
				() -> assertThat(given.render().get("Deployment/agora-session-service").text(SECRETS))
					.isNotEqualTo(before.get("Deployment/agora-session-service").text(SECRETS)));
	}

	@Test
	void sendsMailsFromProductServiceOnlyIfThereIsAMailServer() {
		assertThat(RENDERED.get("Deployment/agora-product-service").tree().toString()).doesNotContain("SPRING_MAIL");
		Rendering mailing = TRIAL.set("mail.host", "smtp.example.org")
			.set("mail.from", "shop@example.org")
			.set("mail.to", "{handle}@example.org")
			.set("mail.existingSecret", "agora-mail")
			.render();
		String product = mailing.get("Deployment/agora-product-service").tree().toString();
		assertThat(product).contains("SPRING_MAIL_PASSWORD", "agora-mail");
		assertThat(mailing.get("Deployment/agora-feed-service").tree().toString()).doesNotContain("SPRING_MAIL");
	}

	@Test
	void usesTheGeneratedPasswordInTheAddress() {
		assertThat(secret(RENDERED, "agora-trial", "mongodb-uri"))
			.contains(":" + secret(RENDERED, "agora-trial", "mongodb-password") + "@");
	}

	@Test
	void keepsGeneratedSecretsWhenUninstalled() {
		assertThat(RENDERED.all("Secret")).allMatch((secret) -> secret.tree()
			.at("/metadata/annotations/helm.sh~1resource-policy")
			.asString("")
			.equals("keep"));
	}

	@Test
	void generatesNoKeyIfASecretIsGiven() {
		assertThat(TRIAL.set("identity.existingSecret", "mine").render().has("Secret/agora-identity")).isFalse();
	}

	@Test
	void mountsThePrivateKeyInSessionServiceOnly() {
		List<String> readers = RENDERED.pods()
			.filter((pod) -> pod.spec().toString().contains("signing-key.json"))
			.map(Pod::component)
			.toList();
		assertThat(readers).containsExactly("session-service");
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
	void writesLargeNumbersWithoutAnExponent() {
		Rendering everything = Chart.of("values-production.yaml", "everything.yaml").render();
		assertThat(everything.get("ConfigMap/agora-gateway").text("/data/GATEWAY_LIMIT_BODY")).isEqualTo("2000000");
		assertThat(everything.get("ScaledObject/agora-feed-worker").text("/spec/triggers/0/metadata/lagThreshold"))
			.isEqualTo("2000000");
	}

	@Test
	void setsThePullPolicyOfItsOwnImagesOnly() {
		Rendering always = TRIAL.set("image.pullPolicy", "Always").render();
		assertThat(always.pods()
			.filter((pod) -> pod.containers().anyMatch((container) -> container.has("imagePullPolicy")))
			.map((pod) -> pod.owner().kind())).hasSize(5).containsOnly("Deployment");
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

	@Test
	void restartsThePodsThatReadAChangedSecret() {
		Rendering other = TRIAL.render();
		Set<String> changed = other.all("Deployment")
			.filter((owner) -> !owner.text(SECRETS).equals(RENDERED.get(owner.id()).text(SECRETS)))
			.map(Manifest::name)
			.collect(Collectors.toSet());
		assertThat(changed).containsExactlyInAnyOrder("agora-gateway", "agora-session-service", "agora-product-service",
				"agora-graph-service", "agora-feed-service");
	}

	@Test
	void consumesEventsInWorkersOnlyIfThereAreWorkers() {
		assertThat(RENDERED.get("ConfigMap/agora-feed-service").text("/data/AGORA_KAFKA_CONSUME")).isEqualTo("true");
		Rendering split = TRIAL.set("workloads.feed-worker.enabled", true).render();
		assertThat(split.get("ConfigMap/agora-feed-service").text("/data/AGORA_KAFKA_CONSUME")).isEqualTo("false");
		assertThat(split.get("ConfigMap/agora-feed-worker").text("/data/AGORA_KAFKA_CONSUME")).isEqualTo("true");
		String image = "/spec/template/spec/containers/0/image";
		assertThat(split.get("Deployment/agora-feed-worker").text(image))
			.isEqualTo(split.get("Deployment/agora-feed-service").text(image));
	}

	@ParameterizedTest
	@ValueSource(strings = { "session", "product", "graph" })
	void runsJobsInWorkersOnlyIfThereAreWorkers(String name) {
		String runsJobs = "/data/AGORA_JOBS_WORKER_ENABLED";
		String service = "ConfigMap/agora-" + name + "-service";
		String worker = "ConfigMap/agora-" + name + "-worker";
		assertThat(RENDERED.get(service).text(runsJobs)).isEqualTo("true");
		Rendering split = TRIAL.set("workloads." + name + "-worker.enabled", true).render();
		assertThat(split.get(service).text(runsJobs)).isEqualTo("false");
		assertThat(split.get(worker).text(runsJobs)).isEqualTo("true");
		assertThat(split.get(worker).text("/data/AGORA_KAFKA_CONSUME")).isEqualTo("false");
		assertThat(split.get("ConfigMap/agora-gateway")
			.text("/data/AGORA_CLONES_" + name.toUpperCase(Locale.ROOT) + "SERVICE")).doesNotContain("worker");
	}

	@ParameterizedTest
	@ValueSource(strings = { "session", "product", "graph" })
	void scalesTheWorkersOfJobsByTheNumberOfWaitingJobs(String name) {
		Manifest scaling = Chart.of("values-production.yaml", "everything.yaml")
			.render()
			.get("ScaledObject/agora-" + name + "-worker");
		assertThat(scaling.text("/spec/triggers/0/metadata/url"))
			.isEqualTo("http://agora-" + name + "-service.shop.svc.cluster.local:8081/actuator/prometheus");
		assertThat(scaling.text("/spec/triggers/0/metadata/valueLocation")).isEqualTo("jobs_queued");
		assertThat(scaling.text("/spec/triggers/0/metadata/targetValue")).isEqualTo("4");
	}

	@Test
	void createsTopicsBeforeTheServicesUnlessTheBrokerIsInTheChart() {
		assertThat(RENDERED.get("Job/agora-topics").hook()).isEqualTo("post-install,post-upgrade");
		Rendering production = Chart.of("values-production.yaml").render();
		assertThat(production.get("Job/agora-topics").hook()).isEqualTo("pre-install,pre-upgrade");
		assertThat(variable(production.get("Job/agora-topics"), "REPLICATION")).isEqualTo("3");
		assertThat(variable(production.get("Job/agora-topics"), "MIN_IN_SYNC")).isEqualTo("2");
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

	static String variable(Manifest job, String name) {
		return job.at("/spec/template/spec/containers/0/env")
			.valueStream()
			.filter((variable) -> variable.path("name").asString().equals(name))
			.map((variable) -> variable.path("value"))
			.map(JsonNode::asString)
			.findFirst()
			.orElseThrow();
	}

	private static String secret(Rendering rendering, String name, String key) {
		JsonNode value = rendering.get("Secret/" + name).at("/data").path(key);
		return new String(Base64.getDecoder().decode(value.asString()), StandardCharsets.UTF_8);
	}

}
