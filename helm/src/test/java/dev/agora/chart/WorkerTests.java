package dev.agora.chart;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks what the workers do, and how they scale. */
class WorkerTests {

	private static final Chart TRIAL = Chart.of("values-trial.yaml");

	private static final Rendering RENDERED = TRIAL.render();

	/** Rendered once, since it takes long. */
	private static final Rendering EVERYTHING = Chart.of("values-production.yaml", "everything.yaml").render();

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
		Manifest scaling = EVERYTHING.get("ScaledObject/agora-" + name + "-worker");
		assertThat(scaling.text("/spec/triggers/0/metadata/url"))
			.isEqualTo("http://agora-" + name + "-service.shop.svc.cluster.local:8081/actuator/prometheus");
		assertThat(scaling.text("/spec/triggers/0/metadata/valueLocation")).isEqualTo("jobs_queued");
		assertThat(scaling.text("/spec/triggers/0/metadata/targetValue")).isEqualTo("4");
	}

	@Test
	void writesLargeNumbersWithoutAnExponent() {
		assertThat(EVERYTHING.get("ConfigMap/agora-gateway").text("/data/GATEWAY_LIMIT_BODY")).isEqualTo("2000000");
		assertThat(EVERYTHING.get("ScaledObject/agora-feed-worker").text("/spec/triggers/0/metadata/lagThreshold"))
			.isEqualTo("2000000");
	}

}
