package dev.agora.chart;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that a cluster with two zones survives the loss of one. */
class ZoneTests {

	private static final Rendering ZONES = Chart.of("values-production.yaml", "values-two-zones.yaml").render();

	private static final String ZONE = "topology.kubernetes.io/zone";

	private static final Rule SPREAD = new Rule("each workload has as many instances in one zone as in the other",
			(rendering) -> rendering.all("Deployment").filter((owner) -> !isSpread(owner)).map(Manifest::id));

	private static final Rule TWO = new Rule("each workload has at least two instances",
			(rendering) -> rendering.all("Deployment")
				.filter((owner) -> rendering.all("HorizontalPodAutoscaler")
					.noneMatch((scaler) -> scaler.text("/spec/scaleTargetRef/name").equals(owner.name())
							&& scaler.at("/spec/minReplicas").asInt(1) >= 2))
				.map(Manifest::id));

	private static final Rule RACK = new Rule("each client of Kafka knows its zone",
			(rendering) -> rendering.all("Deployment")
				.filter((owner) -> rendering.get("ConfigMap/" + owner.name()).tree().toString().contains("AGORA_KAFKA"))
				.filter((owner) -> !rack(owner).equals("metadata.labels['" + ZONE + "']"))
				.map(Manifest::id));

	@Test
	void compliesWithAllRules() {
		assertThat(Stream.concat(RulesTests.rules(), Stream.of(SPREAD, TWO, RACK))
			.flatMap((rule) -> rule.violationsIn(ZONES).stream())).isEmpty();
	}

	@Test
	void findsViolations() {
		Rendering production = Chart.of("values-production.yaml").render();
		assertThat(SPREAD.violationsIn(production)).contains("Deployment/agora-gateway");
		assertThat(RACK.violationsIn(production)).contains("Deployment/agora-feed-service")
			.doesNotContain("Deployment/agora-gateway");
		assertThat(TWO.violationsIn(ZONES.with("HorizontalPodAutoscaler/agora-gateway", "/spec/minReplicas", "1")))
			.containsExactly("Deployment/agora-gateway");
	}

	private static boolean isSpread(Manifest owner) {
		return owner.at("/spec/template/spec/topologySpreadConstraints")
			.valueStream()
			.anyMatch((constraint) -> constraint.path("topologyKey").asString().equals(ZONE)
					&& constraint.path("maxSkew").asInt() == 1
					&& constraint.path("whenUnsatisfiable").asString().equals("DoNotSchedule"));
	}

	private static String rack(Manifest owner) {
		List<JsonNode> variables = owner.at("/spec/template/spec/containers/0/env").valueStream().toList();
		return variables.stream()
			.filter((variable) -> variable.path("name").asString().equals("AGORA_KAFKA_CLIENT_CLIENT_RACK"))
			.map((variable) -> variable.at("/valueFrom/fieldRef/fieldPath").asString())
			.findFirst()
			.orElse("");
	}

}
