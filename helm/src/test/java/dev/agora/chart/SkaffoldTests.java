package dev.agora.chart;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that Skaffold agrees with the build and with the chart. */
class SkaffoldTests {

	private static final JsonNode SKAFFOLD = Chart.read(Chart.ROOT.resolve("skaffold.yaml"));

	private static final JsonNode RELEASE = SKAFFOLD.at("/deploy/helm/releases/0");

	@Test
	void buildsTheImagesThatTheChartRuns() {
		List<String> modules = new ArrayList<>();
		for (JsonNode artifact : SKAFFOLD.at("/build/artifacts")) {
			String module = artifact.at("/jib/project").asString();
			assertThat(artifact.path("image").asString()).isEqualTo("agora/" + module);
			assertThat(Chart.ROOT.resolve(module).resolve("pom.xml")).exists();
			modules.add(module);
		}
		List<String> run = base().render()
			.all("Deployment")
			.map((owner) -> owner.text("/spec/template/spec/containers/0/name"))
			.distinct()
			.toList();
		assertThat(modules).containsExactlyInAnyOrderElementsOf(run);
	}

	@Test
	void deploysTheImagesThatItBuilds() {
		Chart chart = base();
		for (Map.Entry<String, String> value : flat("", RELEASE.path("setValueTemplates")).entrySet()) {
			String image = value.getValue()
				.replace("{{.IMAGE_FULLY_QUALIFIED_", "")
				.replace("}}", "")
				.replace('_', '-');
			chart = chart.set(value.getKey(), image + ":built");
		}
		assertThat(chart.render().all("Deployment")).hasSize(5)
			.allSatisfy((owner) -> assertThat(owner.text("/spec/template/spec/containers/0/image"))
				.isEqualTo("agora-" + owner.text("/spec/template/spec/containers/0/name") + ":built"));
	}

	@Test
	void setsOnlyValuesOfTheChart() {
		for (JsonNode profile : SKAFFOLD.path("profiles")) {
			Chart chart = base();
			for (JsonNode patch : profile.path("patches")) {
				if (patch.path("path").asString().endsWith("/setValues")) {
					for (Map.Entry<String, String> value : flat("", patch.path("value")).entrySet()) {
						chart = chart.set(value.getKey(), value.getValue());
					}
				}
			}
			assertThat(chart.render().manifests()).isNotEmpty();
		}
	}

	@Test
	void hasFourProfilesAndExistingFiles() {
		assertThat(SKAFFOLD.path("profiles").valueStream().map((profile) -> profile.path("name").asString()))
			.containsExactly("dev", "debug", "trial", "production");
		assertThat(SKAFFOLD.findValues("path").stream().map(JsonNode::asString))
			.allMatch((path) -> path.startsWith("/build/") || path.startsWith("/deploy/helm/releases/0/"));
		assertThat(RELEASE.path("valuesFiles").valueStream())
			.allMatch((file) -> Files.exists(Chart.ROOT.resolve(file.asString())));
	}

	@Test
	void forwardsToTheGateway() {
		Manifest service = base().render().get("Service/" + SKAFFOLD.at("/portForward/0/resourceName").asString());
		assertThat(service.at("/spec/ports/0/port")).isEqualTo(SKAFFOLD.at("/portForward/0/port"));
	}

	@Test
	void verifiesWithTheTestOfTheChart() {
		JsonNode verify = SKAFFOLD.at("/verify/0");
		JsonNode mode = verify.at("/executionMode/kubernetesCluster");
		Manifest job = new Manifest((tools.jackson.databind.node.ObjectNode) Chart
			.read(Chart.ROOT.resolve(mode.path("jobManifestPath").asString())));
		JsonNode container = Chart.YAML.readTree(mode.path("overrides").asString())
			.at("/spec/template/spec/containers/0");
		Rendering rendering = base().render();
		Manifest test = rendering.get("Pod/agora-journey");
		for (String field : List.of("image", "command", "env", "resources", "securityContext", "volumeMounts")) {
			assertThat(container.path(field)).as(field).isEqualTo(test.at("/spec/containers/0").path(field));
		}
		assertThat(verify.at("/container/image")).isEqualTo(container.path("image"));
		assertThat(job.at("/spec/template/spec/volumes")).isEqualTo(test.at("/spec/volumes"));
		assertThat(Pod.of(job))
			.allMatch((pod) -> pod.isSelectedBy(rendering.get("NetworkPolicy/agora-journey").at("/spec/podSelector")));
		assertThat(rendering.get("NetworkPolicy/agora-journey").hook()).as("allowed when no test runs").isEmpty();
	}

	private static Chart base() {
		return Chart.of("values-trial.yaml", "values-dev.yaml");
	}

	static Map<String, String> flat(String path, JsonNode values) {
		Map<String, String> flat = new TreeMap<>();
		values.forEachEntry((key, value) -> {
			if (value.isObject()) {
				flat.putAll(flat(path + key + ".", value));
			}
			else {
				flat.put(path + key, value.asString());
			}
		});
		return flat;
	}

}
