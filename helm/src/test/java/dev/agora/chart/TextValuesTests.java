package dev.agora.chart;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that the chart accepts text values which look like numbers. */
class TextValuesTests {

	private static final String IMAGE = "/spec/template/spec/containers/0/image";

	private static final Chart EVERYTHING = Chart.of("values-production.yaml", "everything.yaml");

	@ParameterizedTest
	@CsvSource({ "5176135, 5176135", "0123456, 0123456", "1e3, 1e3", "12e4567, 12e4567",
			"12345678901234, 12345678901234", "1.10, 1.10", "0, 0" })
	void acceptsATagOfDigits(String given, String expected) {
		Rendering rendering = Chart.of("values-trial.yaml")
			.set("image.tag", given)
			.set("workloads.graph-service.image.tag", "v2")
			.render();
		assertThat(rendering.get("Deployment/agora-feed-service").text(IMAGE))
			.isEqualTo("agora/feed-service:" + expected);
		assertThat(rendering.get("Deployment/agora-graph-service").text(IMAGE)).isEqualTo("agora/graph-service:v2");
	}

	@Test
	void acceptsATagOfDigitsForOneServiceAndFromAFile() {
		Chart trial = Chart.of("values-trial.yaml", "digits.yaml");
		Rendering rendering = trial.set("workloads.gateway.image.tag", 7654321).render();
		assertThat(rendering.get("Deployment/agora-gateway").text(IMAGE)).isEqualTo("agora/gateway:7654321");
		assertThat(rendering.get("Deployment/agora-feed-service").text(IMAGE)).isEqualTo("agora/feed-service:5176135");
	}

	/** All of these are rendered as text. */
	@Test
	void acceptsNumbersAsText() {
		Chart chart = EVERYTHING;
		for (String path : List.of("identity.existingSecret", "mongodb.existingSecret", "mongodb.secretKey",
				"mongodb.caSecret", "redis.existingSecret", "redis.secretKey", "redis.caSecret", "redis.username",
				"redis.masterName", "kafka.existingSecret", "kafka.caSecret", "ingress.className", "ingress.tlsSecret",
				"scheduling.priorityClassName", "scheduling.nodeSelector.pool", "podAnnotations.number",
				"service.annotations.number", "ingress.annotations.number")) {
			chart = chart.set(path, 5176135);
		}
		Rendering rendering = chart.render();
		RulesTests.rules().forEach((rule) -> assertThat(rule.violationsIn(rendering)).as(rule.name()).isEmpty());
		assertThat(rendering.get("ConfigMap/agora-gateway").text("/data/AGORA_REDIS_USERNAME")).isEqualTo("5176135");
		assertThat(rendering.get("Deployment/agora-gateway").text("/spec/template/metadata/annotations/number"))
			.isEqualTo("5176135");
	}

	@Test
	void acceptsABooleanAsAnAnnotation() {
		Rendering rendering = EVERYTHING.set("podAnnotations.scrape", true).render();
		assertThat(rendering.get("Deployment/agora-gateway").text("/spec/template/metadata/annotations/scrape"))
			.isEqualTo("true");
		assertThat(KubernetesTypes.RULE.violationsIn(rendering)).isEmpty();
	}

}
